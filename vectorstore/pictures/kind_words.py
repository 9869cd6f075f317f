"""The words that lead to each kind of picture, in English and Chinese, and the colours a kind has when none is stated."""

# ruff: noqa: E501 - one line a kind
from __future__ import annotations

# kind | its name, English / Chinese | English words | Chinese words. A word that starts with "?" counts only when nothing else does.
TABLE: dict[str, str] = {
    "clothing": """
leather_jacket | leather jacket / 皮夹克 | leather jacket, lambskin jacket, biker jacket, moto jacket, leather blouson, leather look jacket, faux leather jacket, goatskin blazer, nappa jacket, split leather jacket, suede jacket, suede bomber, suede trucker jacket, leather blazer | 皮夹克, 皮衣, 机车夹克, 麂皮夹克, 皮西装
jacket | jacket / 夹克 | jacket, bomber, blazer, windbreaker, blouson, trucker, anorak, parka shell, suit | 夹克, 西装, 外套, 冲锋衣, 棒球服, 防风衣
down_jacket | down jacket / 羽绒服 | down jacket, puffer, padded jacket, down coat, quilted jacket, long down coat, light down jacket | 羽绒服, 羽绒大衣, 棉服
coat | coat / 大衣 | coat, overcoat, parka, trench, wrap coat, duffle coat, leather coat, wool coat, car coat, peacoat | 大衣, 风衣, 呢子
raincoat | raincoat / 雨衣 | raincoat, rain jacket, rain shell, rainwear, rain coat, poncho, rain poncho | 雨衣, 雨披, 硬壳
sweater | sweater / 毛衣 | sweater, jumper, pullover, knitwear, crew, roll neck, turtleneck, lambswool crew, half-zip sweater | 毛衣, 针织衫, 羊毛衫, 高领衫, 套头衫
cardigan | cardigan / 开衫 | cardigan | 开衫
hoodie | hoodie / 卫衣 | hoodie, sweatshirt, hooded top, fleece | 卫衣, 连帽衫, 抓绒衣
vest | gilet / 马甲 | gilet, vest, body warmer, waistcoat | 马甲, 背心
shirt | shirt / 衬衫 | shirt, blouse, oxford shirt, overshirt, polo, polo shirt | 衬衫, 衬衣, 罩衫, 上衣
t_shirt | T-shirt / T 恤 | t-shirt, tee, tshirt, t shirt, top, training tee, tank top | t恤, t 恤, 短袖, 汗衫
long_sleeve | long-sleeved T-shirt / 长袖 T 恤 | long-sleeve, long-sleeved, long sleeve tee, base layer, thermal top | 长袖, 打底衫, 长袖t恤
trousers | trousers / 长裤 | trouser, pant, jean, chino, corduroy, slack, jogger, cargo | 裤, 长裤, 牛仔裤, 休闲裤, 裤子
shorts | shorts / 短裤 | shorts, short, swim short | 短裤
leggings | leggings / 紧身裤 | legging, tight | 紧身裤, 打底裤, 瑜伽裤
dress | dress / 连衣裙 | dress, gown, shirt dress, knit dress | 连衣裙, 长裙, 裙装, 衬衫裙, 吊带裙, 茶歇裙, 吊带长裙
skirt | skirt / 半身裙 | skirt, midi skirt | 半身裙, 短裙, 百褶裙, 裙
underwear | underwear / 内裤 | underwear, brief, boxer, boxer brief, knicker | 内裤, 内衣
socks | socks / 袜子 | sock, hiking sock, running sock | 袜, 袜子
beanie | beanie / 毛线帽 | beanie, knit hat, bobble hat, wool hat, ?hat | 毛线帽, 针织帽, 冷帽
cap | cap / 鸭舌帽 | cap, baseball cap, flat cap, waxed cap | 鸭舌帽, 棒球帽
brimmed_hat | sun hat / 遮阳帽 | straw hat, sun hat, bucket hat, fedora, panama, brimmed hat | 草帽, 遮阳帽, 渔夫帽, 礼帽
scarf | scarf / 围巾 | scarf, shawl, snood, silk square, bandana, wrap | 围巾, 披肩, 丝巾, 方巾
gloves | gloves / 手套 | glove, mitten | 手套
swimsuit | swimsuit / 泳衣 | swimsuit, bikini, swimwear, bathing suit | 泳衣, 泳装, 比基尼
belt | belt / 腰带 | belt, dress belt, woven belt | 腰带, 皮带
tie | tie / 领带 | tie, necktie, bow tie | 领带, 领结
sunglasses | sunglasses / 太阳镜 | sunglass, glasses, eyewear, spectacle | 太阳镜, 墨镜, 眼镜
""",
    "footwear": """
running_shoe | running shoe / 跑鞋 | running shoe, trail shoe, runner, racer, road shoe, running trainer | 跑鞋, 越野鞋, 跑步鞋
sneaker | sneaker / 运动鞋 | sneaker, trainer, plimsoll, canvas shoe, walking shoe, skate shoe, ?shoe, hiking shoe, kick | 运动鞋, 板鞋, 帆布鞋, 小白鞋, 滑板鞋, 健步鞋, 徒步鞋, 一脚蹬, 鞋
boot | boot / 靴子 | boot, hiking boot, lace-up boot, work boot, winter boot, walking boot | 登山靴, 徒步靴, 靴, 靴子, 系带短靴
chelsea_boot | ankle boot / 短靴 | chelsea boot, ankle boot, chelsea | 切尔西靴, 短靴, 踝靴
rain_boot | rain boot / 雨靴 | rain boot, wellington, welly, rubber boot, chelsea rain boot | 雨靴, 雨鞋
sandal | sandal / 凉鞋 | sandal, flip flop, slide sandal | 凉鞋
dress_shoe | dress shoe / 皮鞋 | dress shoe, oxford, derby, brogue, monk strap, formal shoe | 皮鞋, 牛津鞋, 德比鞋, 牛津皮鞋
loafer | loafer / 乐福鞋 | loafer, penny loafer | 乐福鞋
slipper | slipper / 拖鞋 | slipper, moccasin, house shoe, sock-shoe, mule, clog | 拖鞋, 居家鞋, 袜鞋
backpack | backpack / 双肩包 | backpack, rucksack, daypack, trekking pack, hiking pack, school bag | 背包, 双肩包, 书包, 登山包
tote | tote bag / 手提袋 | tote, tote bag, shopper, shopping bag, ?bag | 手提袋, 托特包, 购物袋, 帆布袋
shoulder_bag | shoulder bag / 单肩包 | shoulder bag, crossbody, handbag, satchel, messenger bag, briefcase, purse, laptop bag, laptop sleeve | 单肩包, 斜挎包, 挎包, 手提包, 公文包, 包
duffel | travel bag / 旅行袋 | duffel, duffle bag, holdall, gym bag, weekend bag, travel bag | 旅行袋, 旅行包, 健身包
suitcase | suitcase / 行李箱 | suitcase, luggage, carry-on, trolley case | 行李箱, 拉杆箱, 登机箱
wallet | wallet / 钱包 | wallet, card holder, cardholder | 钱包, 卡包, 卡夹
umbrella | umbrella / 雨伞 | umbrella, parasol | 雨伞, 伞
""",
    "electronics": """
headphones | headphones / 头戴式耳机 | headphone, headset, over-ear, on-ear | 头戴式耳机, 耳罩式耳机, 头戴式降噪耳机, 耳机, 耳麦
earbuds | earbuds / 入耳式耳机 | earbud, in-ear, earphone, airpod, true wireless | 耳塞, 入耳式耳机, 真无线耳机, 无线耳机, 降噪豆
speaker | speaker / 音箱 | speaker, loudspeaker, boombox | 音箱, 音响
smart_speaker | smart speaker / 智能音箱 | smart speaker, voice assistant | 智能音箱
soundbar | sound bar / 回音壁 | soundbar, sound bar | 回音壁, 条形音箱
keyboard | keyboard / 键盘 | keyboard, keypad, numpad | 键盘
mouse | mouse / 鼠标 | mouse, trackball, mice | 鼠标, 轨迹球
monitor | monitor / 显示器 | monitor, display, screen | 显示器, 显示屏, 屏幕
television | television / 电视 | television, tv | 电视
laptop | laptop / 笔记本电脑 | laptop, notebook computer, chromebook, ultrabook, macbook, thinkpad, ?computer | 笔记本电脑, 电脑, 轻薄本
phone | phone / 手机 | phone, smartphone, mobile phone, cell phone, iphone | 手机
phone_case | phone case / 手机壳 | phone case, phone cover, screen protector, case | 手机壳, 保护壳, 手机套
webcam | webcam / 摄像头 | webcam, conference camera, security camera | 摄像头, 网络摄像机
e_reader | e-reader / 电子书阅读器 | e-reader, ereader, e-book reader, kindle | 电子书, 阅读器, 电子书阅读器, 电纸书, 墨水屏
tablet | tablet / 平板电脑 | tablet, ipad, drawing tablet | 平板, 平板电脑
power_bank | power bank / 充电宝 | power bank, battery pack, portable charger, battery | 充电宝, 移动电源, 电池
watch | watch / 手表 | watch, wristwatch, chronograph | 手表, 腕表
smart_watch | smart watch / 智能手表 | smart watch, smartwatch, fitness band, fitness tracker, outdoor watch, activity band | 智能手表, 手环, 运动手环
phone_stand | stand / 支架 | phone stand, laptop stand, tablet stand, monitor arm, phone holder, riser, monitor stand, stand | 手机支架, 支架, 电脑支架, 增高架
desk_lamp | desk lamp / 台灯 | desk lamp, reading lamp, task lamp, light bar, lamp, monitor light bar, cordless lamp | 台灯, 灯, 阅读灯, 挂灯, 屏幕挂灯
floor_lamp | lamp / 落地灯 | floor lamp, table lamp, bedside lamp, standing lamp | 落地灯, 床头灯
light_bulb | light bulb / 灯泡 | light bulb, bulb, smart bulb | 灯泡
router | router / 路由器 | router, mesh system, wi-fi, wifi, access point, modem, switch | 路由器, 路由, 交换机
camera | camera / 相机 | camera, film camera, instant camera, dslr, lens | 相机, 照相机, 拍立得, 胶片机, 镜头
film_roll | camera film / 胶卷 | camera film, instant film, film roll | 胶卷, 相纸, 即显相纸
ear_cushions | ear cushions / 耳垫 | spare cushion, ear cushion, ear pad | 耳垫, 替换耳垫
strap | strap / 背带 | strap, camera strap, watch strap | 背带, 表带, 相机背带
charger | charger / 充电器 | charger, power adapter, charging pad, wall plug charger, adapter | 充电器, 充电头, 适配器
charging_pad | charging pad / 无线充电板 | charging pad, wireless charger, wireless charging pad | 无线充电板, 无线充电器, 充电板, 无线充, 无线充电盘
cable | cable / 数据线 | cable, cord, lead, usb-c cable, hdmi | 数据线, 充电线, 线缆, 连接线
hub | hub / 扩展坞 | hub, dock, docking station, card reader, usb hub | 扩展坞, 集线器, 读卡器
drive | drive / 移动硬盘 | hard drive, ssd, portable drive, drive, memory card, hard disk, external drive | 硬盘, 固态硬盘, 移动硬盘
printer | printer / 打印机 | printer, scanner, copier | 打印机, 扫描仪
game_pad | game controller / 游戏手柄 | gamepad, controller, game controller, console, joystick | 手柄, 游戏机
microphone | microphone / 麦克风 | microphone, mic | 麦克风, 话筒
fan | fan / 电风扇 | fan, desk fan, heater, air purifier, humidifier, dehumidifier | 风扇, 净化器, 加湿器
vacuum | vacuum cleaner / 吸尘器 | vacuum cleaner, vacuum, hoover | 吸尘器
smart_plug | smart plug / 智能插座 | smart plug, power strip, extension lead, socket, surge protector | 插座, 插线板, 排插
""",
    "components": """
cartridge | printer cartridge / 打印耗材 | cartridge, toner cartridge, ink cartridge, toner kit, laser toner, drum, ribbon, fuser, print head, printer part, printer supply, print cartridge | 硒鼓, 墨盒, 碳粉, 色带
memory_module | memory module / 内存条 | memory, memory module, ram, dimm, ddr | 内存, 内存条
processor | processor / 处理器 | processor, cpu, chip, cooling, heatsink | 处理器
circuit_board | circuit board / 电路板 | motherboard, mainboard, graphics card, video card, network card, sound card, cards and parts, interface card, network part | 主板, 显卡, 网卡, 声卡
tower | desktop computer / 台式机 | desktop, computer case, tower, workstation pc, pc, mini pc, thin client | 台式机, 主机, 机箱
server | server / 服务器 | server, rack, rack cabinet, storage system, nas, disk array | 服务器, 机柜, 存储阵列
projector | projector / 投影仪 | projector, projector lamp, beamer | 投影仪, 投影机
usb_stick | USB stick / U 盘 | usb stick, flash drive, memory stick, thumb drive | u盘, 闪存盘
disc | disc / 光盘 | disc, dvd, cd, blu-ray, optical drive | 光盘, 光驱
padlock | lock / 锁 | lock, padlock, cable lock, safe | 锁
label_roll | labels / 标签 | label, label printing, sticker, label tape, label maker | 标签, 标签纸, 标签机
power_unit | power supply / 电源 | ups, power supply, uninterruptible power supply, power distribution, inverter | 不间断电源, 电源
screen_arm | mount / 支架 | mount, wall mount, ceiling mount, bracket, projector mount | 壁挂, 挂架
music_player | music player / 播放器 | player, mp3 player, recorder, players and recorders, dictaphone, radio, handheld | 播放器, 录音笔, 收音机
remote | remote control / 遥控器 | remote, remote control, presenter, other input device | 遥控器, 翻页笔
software | software / 软件 | software, licence, license, subscription, service, software and services, warranty | 软件, 许可, 服务
""",
    "kitchen": """
kettle | kettle / 电热水壶 | kettle, electric kettle | 热水壶, 电水壶, 烧水壶, 水壶, 控温壶, 电热壶, 玻璃壶
sachets | sachets / 小包 | descaler, kettle descaler, sachet, cleaning tablet | 除垢剂, 水壶除垢剂, 清洁片
care_bottle | bottle / 养护瓶 | board oil, descaling liquid | 砧板养护油, 养护油
stove_kettle | kettle / 烧水壶 | stovetop kettle, whistling kettle, tea kettle | 鸣笛壶, 炉灶水壶, 搪瓷壶
gooseneck_kettle | gooseneck kettle / 细嘴壶 | gooseneck kettle, pour-over kettle | 细嘴控温壶, 手冲壶, 细嘴壶
coffee_maker | coffee maker / 咖啡机 | coffee maker, coffee machine, drip coffee maker, filter coffee, percolator | 咖啡机, 滴滤壶, 滴滤咖啡机
espresso_machine | espresso machine / 意式咖啡机 | espresso machine, espresso maker, espresso | 意式咖啡机, 浓缩咖啡机
french_press | French press / 法压壶 | french press, cafetiere, coffee press, press pot | 法压壶
moka_pot | moka pot / 摩卡壶 | moka pot, moka, stovetop espresso maker | 摩卡壶
dripper | coffee dripper / 手冲滤杯 | dripper, pour-over set, pour over, coffee cone, pour-over | 滤杯, 手冲套装, 手冲
grinder | grinder / 磨豆机 | grinder, coffee grinder, burr grinder, hand grinder, mill, spice mill, pepper mill | 磨豆机, 研磨机, 研磨器, 磨粉机, 手摇磨
frying_pan | frying pan / 平底锅 | frying pan, pan, skillet, saute pan, griddle | 平底锅, 煎锅, 锅, 炒锅
wok | wok / 炒锅 | wok | 铁锅, 中式炒锅
pot | pot / 汤锅 | pot, casserole, saucepan, dutch oven, stockpot, rice pot, cookware, cooking system, pressure cooker, slow cooker | 汤锅, 炖锅, 砂锅, 珐琅锅, 煲, 奶锅, 高压锅, 饭锅
knife | knife / 刀 | knife, chef's knife, santoku, cleaver, knives, paring knife, knife set | 刀, 菜刀, 三德刀, 主厨刀, 厨刀
cutlery | cutlery / 餐具 | cutlery, fork, spoon, flatware, chopstick, spork | 餐具, 勺, 叉, 筷子
mug | mug / 马克杯 | mug, coffee mug, travel mug, steel mug | 马克杯, 杯子, 水杯, 保温马克杯, 杯
cup | cup / 茶杯 | cup, tea cup, saucer, espresso cup | 茶杯, 咖啡杯, 瓷杯
drinking_glass | glass / 玻璃杯 | tumbler, drinking glass, wine glass, glassware, glass mug, carafe | 玻璃杯, 酒杯, 双层玻璃杯
plate | bowl and plate / 碗盘 | plate, bowl, dinnerware, dish, platter | 碗, 盘, 碟, 餐盘
air_fryer | air fryer / 空气炸锅 | air fryer, fryer, oven, microwave | 空气炸锅, 烤箱, 微波炉
blender | blender / 搅拌机 | blender, smoothie maker, juicer, food processor, jug blender | 搅拌机, 榨汁机, 破壁机, 料理机, 榨汁杯
hand_blender | hand blender / 手持搅拌棒 | hand blender, stick blender, immersion blender | 搅拌棒, 料理棒, 手持搅拌棒, 手持料理棒
toaster | toaster / 烤面包机 | toaster, waffle maker, sandwich maker | 烤面包机, 多士炉, 吐司机, 面包机
rice_cooker | rice cooker / 电饭煲 | rice cooker, multicooker | 电饭煲, 电饭锅, 电压力锅
mixer | stand mixer / 厨师机 | stand mixer, mixer, hand mixer | 厨师机, 打蛋器, 搅面机
lunch_box | lunch box / 饭盒 | lunch box, bento, bento box, lunchbox, tiffin | 饭盒, 便当盒, 餐盒
food_container | food container / 保鲜盒 | container, food container, storage box, plastic container, food storage | 保鲜盒, 收纳盒, 密封盒
jar | jar / 玻璃罐 | jar, canister, storage jar, food jar, glass jar | 罐, 储物罐, 密封罐, 玻璃罐
cutting_board | cutting board / 砧板 | cutting board, chopping board, board | 砧板, 切菜板, 案板, 菜板
teapot | teapot / 茶壶 | teapot, tea set, tea pot | 茶壶, 茶具
scale | kitchen scale / 厨房秤 | kitchen scale, scale, coffee scale | 秤, 电子秤
oven_glove | oven glove / 隔热手套 | oven glove, oven mitt, pot holder | 隔热手套
apron | apron / 围裙 | apron | 围裙
candle | candle / 蜡烛 | candle, scented candle, diffuser | 蜡烛, 香薰
fridge | refrigerator / 冰箱 | fridge, refrigerator, freezer, dishwasher, washing machine | 冰箱, 洗衣机, 洗碗机
whisk | kitchen tools / 厨具 | whisk, spatula, ladle, kitchen tool, utensil, peeler, tongs, bottle brush | 打蛋器, 锅铲, 厨具, 漏勺, 杯瓶刷
""",
    "workroom": """
notebook | notebook / 笔记本 | notebook, journal, diary, sketchbook, notepad, memo, sticky note, notebook cover | 笔记本, 本子, 手账, 记事本, 日记本, 便签, 方格本, 口袋本
planner | planner / 计划本 | planner, calendar, organiser, organizer, year planner | 计划本, 日程本, 日历, 挂历, 计划表
pen | pen / 笔 | pen, fountain pen, ballpoint, gel pen, rollerball, marker, highlighter | 钢笔, 中性笔, 圆珠笔, 笔, 签字笔, 荧光笔
ink_bottle | ink / 墨水 | ink, fountain pen ink | 墨水, 墨囊, 蓝黑墨水
pen_refills | pen refills / 笔芯 | gel refill, pen refill, refill | 笔芯, 替芯, 中性笔替芯
pencils | pencils / 铅笔 | pencil, pen pot, coloured pencil, crayon, stationery set, desk organiser | 铅笔, 彩铅, 笔筒
chair | desk chair / 办公椅 | desk chair, office chair, chair, gaming chair, swivel chair | 办公椅, 电脑椅, 转椅, 椅
wooden_chair | chair / 椅子 | dining chair, wooden chair, stool, bench, bar stool | 餐椅, 木椅, 凳子, 椅子
armchair | armchair / 扶手椅 | armchair, sofa, couch, recliner | 扶手椅, 沙发, 单人沙发
desk | desk / 书桌 | desk, workstation, writing desk | 书桌, 办公桌, 桌子, 电脑桌
standing_desk | standing desk / 升降桌 | standing desk, sit-stand desk, desk converter, height adjustable desk | 升降桌, 升降台, 站立办公桌
table | table / 桌子 | table, coffee table, side table, dining table | 餐桌, 茶几, 边几
shelf | shelf / 书架 | shelf, bookcase, shelving, cabinet, wardrobe, drawer unit, filing cabinet, shelve | 书架, 置物架, 柜, 收纳架
tray | paper tray / 文件盘 | tray, paper tray, letter tray, desk tray, inbox | 文件盘, 文件架, 托盘, 文件托盘
whiteboard | whiteboard / 白板 | whiteboard, white board, noticeboard, corkboard, glass board | 白板, 软木板, 留言板
folder | folder / 文件夹 | folder, binder, file, ring binder, document case | 文件夹, 活页夹
paper | paper / 纸 | paper, printing media, photo paper, copy paper, printer paper, envelope, card stock, paper refill, saddle refill | 打印纸, 复印纸, 信封
stapler | stapler / 订书机 | stapler, hole punch | 订书机, 打孔机
scissors | scissors / 剪刀 | scissor, cutter | 剪刀, 美工刀
tape | tape / 胶带 | tape, tape dispenser, glue | 胶带, 胶水
shredder | shredder / 碎纸机 | shredder, paper shredder | 碎纸机
desk_mat | desk mat / 桌垫 | desk mat, mouse pad, mouse mat, desk pad | 桌垫, 鼠标垫
waste_bin | bin / 垃圾桶 | bin, waste bin, waste basket, trash can, basket | 垃圾桶, 废纸篓
cushion | cushion / 靠垫 | cushion, pillow, bolster, seat pad | 靠垫, 抱枕, 枕头
blanket | blanket / 毯子 | blanket, throw, towel, bedding, duvet, sheet, quilt, rug | 毯, 毛巾, 浴巾, 被子, 床品, 地毯
bed | bed / 床 | bed, mattress, bed frame | 床, 床垫
plant_pot | plant / 盆栽 | plant, plant pot, planter, houseplant, seed | 盆栽, 花盆, 植物, 绿植
vase | vase / 花瓶 | vase, flower, bouquet | 花瓶, 鲜花
clock | clock / 时钟 | clock, alarm clock, timer | 时钟, 闹钟, 计时器
screwdriver | tools / 工具 | screwdriver, spanner, wrench, tool, tool kit, hammer, drill | 螺丝刀, 工具, 扳手, 锤子
gift | gift / 礼物 | gift card, gift box, gift set, hamper, gift | 礼品卡, 礼盒, 礼物
""",
    "outdoors": """
tent | tent / 帐篷 | tent, shelter, tarp, bivy | 帐篷, 天幕, 帐
sleeping_bag | sleeping bag / 睡袋 | sleeping bag | 睡袋
sleeping_mat | sleeping mat / 防潮垫 | sleeping mat, sleeping pad, self-inflating mat, foam mat, air mattress | 防潮垫, 充气垫, 睡垫
headlamp | headlamp / 头灯 | headlamp, head torch, headlight | 头灯
torch | torch / 手电筒 | torch, flashlight | 手电筒, 手电
lantern | lantern / 营灯 | lantern, camp light | 营灯, 露营灯, 提灯
bottle | bottle / 水瓶 | bottle, water bottle, hydration | 水瓶, 运动水壶, 保温瓶, 瓶
flask | flask / 保温壶 | flask, vacuum flask, thermos | 保温壶, 保温杯, 热水瓶
stove | stove / 炉具 | stove, canister stove, camping stove, burner, camp stove | 炉, 气炉, 炉具, 露营炉, 炉头
trekking_poles | trekking poles / 登山杖 | trekking pole, walking pole, hiking pole, walking staff, walking stick, carbon pole, pole | 登山杖, 手杖, 徒步杖
hammock | hammock / 吊床 | hammock | 吊床
camping_chair | camping chair / 折叠椅 | camping chair, camp chair, folding chair, director's chair, ultralight chair, beach chair | 折叠椅, 露营椅, 导演椅, 月亮椅
cool_box | cool box / 保冷箱 | cooler, cool box, ice box, cool bag | 保冷箱, 冰包, 冷藏箱, 保温箱
yoga_mat | exercise mat / 瑜伽垫 | yoga mat, exercise mat, gym mat | 瑜伽垫, 健身垫
dumbbell | dumbbell / 哑铃 | dumbbell, kettlebell, weight, barbell, resistance band | 哑铃, 壶铃, 弹力带
bicycle | bicycle / 自行车 | bicycle, bike, mountain bike, road bike | 自行车, 单车, 山地车
helmet | helmet / 头盔 | helmet | 头盔
ball | ball / 球 | ball, football, basketball, volleyball, soccer ball | 足球, 篮球, 排球, 球
binoculars | binoculars / 望远镜 | binocular | 双筒望远镜
compass | compass / 指南针 | compass, gps | 指南针
rope | rope / 绳索 | rope, carabiner, harness, climbing rope, paracord | 绳, 登山绳, 登山扣
fishing_rod | fishing rod / 钓竿 | fishing rod, fishing | 钓竿, 鱼竿
tool_knife | pocket knife / 折刀 | pocket knife, multi-tool, multitool, penknife | 折刀, 军刀, 多功能刀
""",
    "play": """
board_game | board game / 桌游 | board game, tabletop game, strategy game, chess, ?game | 桌游, 棋, 桌面游戏
card_game | card game / 纸牌游戏 | card game, party game, playing card, card deck | 卡牌, 纸牌, 扑克, 派对游戏
puzzle | puzzle / 拼图 | puzzle, jigsaw, jigsaw puzzle, floor puzzle | 拼图, 拼装
wooden_toy | wooden toy / 木制玩具 | wooden toy, wood toy, ?toy, pull-along toy, marble run | 木制玩具, 木质玩具, 木玩, 滚珠轨道
dinosaur | dinosaur / 恐龙 | dinosaur, t. rex, t-rex, diplodocus, stegosaurus, triceratops | 恐龙, 霸王龙, 剑龙, 梁龙
blocks | building blocks / 积木 | building block, block, unit block, wooden block | 积木
bricks | building bricks / 积木 | brick, building brick, construction set, big block, gear block | 颗粒积木, 齿轮积木, 大颗粒积木
plush_bear | teddy bear / 玩具熊 | teddy bear, teddy, plush bear, bear, soft toy, badger, capybara | 玩具熊, 泰迪, 毛绒熊, 小熊, 獾, 水豚
plush_animal | soft toy / 毛绒玩具 | plush animal, plush, rabbit, bunny, stuffed animal | 毛绒玩具, 毛绒, 兔, 玩偶
plush_octopus | plush octopus / 章鱼玩偶 | octopus | 章鱼
hedgehog | pull-along hedgehog / 拖拉刺猬 | hedgehog | 刺猬
science_kit | science kit / 科学实验盒 | science kit, chemistry kit, experiment kit, experiment set, bug watcher's set | 实验盒, 科学套装, 化学实验, 观察套装
telescope | telescope / 望远镜 | telescope, microscope | 天文望远镜, 望远镜, 显微镜
kite | kite / 风筝 | kite, outdoor toy | 风筝
train | toy train / 玩具火车 | train, model train, railway, toy train, express, locomotive | 火车, 小火车, 快车, 轨道火车
car | toy car / 玩具车 | toy car, car, remote control car, truck, racing car | 玩具车, 小汽车, 遥控车, 赛车
robot | robot / 机器人 | robot | 机器人
doll | doll / 娃娃 | doll, action figure | 娃娃, 人偶
theatre | toy theatre / 玩具剧场 | theatre, puppet, shadow theatre | 皮影, 小剧场, 手偶
toy_shop | pretend play / 过家家 | pretend play, corner shop, dolls' house, play kitchen, play house | 过家家, 小店, 娃娃屋
doctor_bag | doctor's bag / 医生包 | doctor's bag, vet's bag, doctor's kit | 出诊包, 医生包
xylophone | musical toy / 玩具乐器 | xylophone, musical toy, toy drum, toy piano | 木琴, 敲琴, 玩具乐器
paint_set | craft kit / 手工套装 | paint set, craft kit, paint, art set, watercolour, craft, print studio, loom, weaving loom | 颜料, 手工, 画具, 水彩, 工坊, 织布机, 印章
sand_toys | sand toys / 沙滩玩具 | sand toy, bucket, beach toy, spade | 沙滩玩具, 沙桶
stacking_rings | stacking toy / 叠叠乐 | stacking ring, stacking toy, rattle, baby toy, stacking rainbow, rainbow | 叠叠乐, 套圈, 摇铃, 彩虹叠叠乐
scooter | scooter / 滑板车 | scooter, kick scooter, skateboard | 滑板车
balance_bike | balance bike / 平衡车 | balance bike, tricycle | 平衡车, 三轮车
croquet | croquet set / 槌球 | croquet, croquet set | 槌球
""",
    "care": """
cream_jar | face cream / 面霜 | face cream, cream, moisturiser, moisturizer, day cream, night cream, cold cream, gel moisturiser, balm cleanser, body butter, wax, hair wax, moustache wax, balm, ?skincare | 面霜, 晚霜, 日霜, 冷霜, 霜, 凝露, 卸妆膏, 胡须蜡, 发蜡, 眼霜
tube | tube of cream / 软管乳霜 | hand cream, cleanser, face wash, milk cleanser, foam cleanser, gel cleanser, toothpaste, foundation, scrub, tinted moisturiser, foam | 护手霜, 洁面乳, 洗面奶, 洁面泡沫, 牙膏, 粉底液, 磨砂膏, 洁面
sunscreen | sunscreen / 防晒霜 | sunscreen, sun cream, sunblock, sun care, ?spf | 防晒, 防晒霜, 防晒乳
pump_bottle | pump bottle / 按压瓶 | hand lotion, lotion, body lotion, hand wash, body wash, hand soap, beard wash, liquid soap, pump bottle | 护手乳, 身体乳, 沐浴露, 洗手液, 洗护露, 乳液, 按压装
shampoo | shampoo / 洗发水 | shampoo, conditioner, hair care, shower gel, mouthwash | 洗发水, 护发素, 洗发露
serum | serum / 精华 | serum, face oil, beard oil, oil, essence, ampoule, face toner, ?toner, perfume oil, essential oil | 精华, 精油, 胡须油, 护肤油, 精华液, 爽肤水, 香水油
lipstick | lipstick / 口红 | lipstick, lip gloss, liquid lipstick, lip tint, lip colour | 口红, 唇釉, 唇膏
lip_balm | lip balm / 润唇膏 | lip balm, tinted balm, lip care | 润唇膏, 护唇膏
makeup | make-up / 彩妆 | make-up, makeup, powder, blush, eyeshadow, compact, bronzer, concealer, mascara, palette | 彩妆, 粉饼, 腮红, 眼影, 散粉
makeup_brush | make-up brush / 化妆刷 | make-up brush, makeup brush, brush set | 化妆刷
perfume | perfume / 香水 | perfume, eau de parfum, eau de toilette, fragrance, cologne, parfum | 香水, 淡香水, 古龙水
spray_bottle | spray / 喷雾 | spray, mist, face mist, hair spray, rose water mist, setting spray | 喷雾, 喷剂
care_tin | tin of wax / 罐装蜡 | shoe care, boot wax, shoe wax, shoe polish, wax dressing, leather balm, leather wax | 补蜡膏, 蜂蜡膏, 鞋油, 皮革膏
garment_wash | bottle of wash / 洗剂 | garment care, wool wash, down wash, detergent | 洗剂, 洗衣液, 羽绒洗剂, 羊毛洗衣液
shoe_brush | shoe brush / 鞋刷 | shoe brush, nubuck brush, suede brush | 鞋刷, 专用刷
laces | laces / 鞋带 | boot lace, shoe lace, shoelace | 鞋带, 靴带, 登山靴带
deodorant | deodorant / 止汗膏 | deodorant, antiperspirant | 止汗, 除味膏
soap | soap / 香皂 | soap, shampoo bar, bar soap, soap bar, scrub soap, bath bomb | 香皂, 皂, 肥皂, 洗发皂, 手工皂
nail_polish | nail polish / 指甲油 | nail polish, nail varnish, polish | 指甲油
toothbrush | toothbrush / 牙刷 | toothbrush, electric toothbrush, oral care | 牙刷
hair_dryer | hair dryer / 吹风机 | hair dryer, hairdryer, curling iron, hair straightener | 吹风机, 直发器, 卷发棒
razor | razor / 剃须刀 | razor, shaver, trimmer, shaving | 剃须刀, 刮胡刀
comb | brush and comb / 梳子 | comb, hair brush, hairbrush, brush | 梳子, 发梳
face_mask | face mask / 面膜 | face mask, sheet mask, mask | 面膜
mirror | mirror / 镜子 | mirror | 镜子, 化妆镜
""",
}

# What a thing is usually coloured like, for items that do not say; the identifier chooses among them.
_SOFT = ("#c9a7a0", "#8fae9b", "#c4b08d", "#9fb0bd", "#b3a0b8", "#cfa98a", "#7f9a94")
_WOODEN = ("#bb8c5c", "#a97a4d", "#8a6242")
_GAMES = ("#54794f", "#3f6d86", "#8d4a4c", "#6a5f8e", "#b5793c", "#2f7a72", "#a5573f")
USUAL: dict[str, tuple[str, ...]] = {
    "raincoat": ("#e2b23f",), "cream_jar": _SOFT, "tube": _SOFT, "pump_bottle": _SOFT, "shampoo": _SOFT, "serum": _SOFT,
    "lip_balm": _SOFT, "spray_bottle": _SOFT, "deodorant": _SOFT, "face_mask": _SOFT, "perfume": ("#d6b87c", "#c9a0a0", "#9db5a4", "#a9a3c4"),
    "sunscreen": ("#e0913f", "#e2b23f", "#d9773f", "#5b9bb0"), "dinosaur": ("#6d8f5a", "#4f8a86", "#b5793c", "#7a6a9c"),
    "plush_bear": ("#a5764a", "#8a6242", "#c09a6b"), "plush_animal": ("#cbb094", "#b9aaa0"), "board_game": _GAMES,
    "card_game": _GAMES, "puzzle": _GAMES, "wooden_toy": ("#c4683f", "#3f6d86", "#54794f"), "cutting_board": _WOODEN,
    "knife": ("#4b4340",), "frying_pan": ("#4b5054",), "science_kit": ("#6aa39a", "#7d6aa8", "#c9863f"), "paint_set": _WOODEN,
    "train": ("#a5413a", "#3f6d86"), "fridge": ("#b4bcc0",), "shelf": _WOODEN, "table": _WOODEN, "wooden_chair": _WOODEN,
    "printer": ("#8b9196",), "drive": ("#67747d",), "cable": ("#67747d",), "hedgehog": ("#a5764a",),
    "toy_shop": _GAMES, "theatre": ("#8d4a4c", "#6a5f8e"), "croquet": _WOODEN, "kite": _GAMES, "bricks": _GAMES, "blocks": _GAMES,
}  # fmt: skip
