"""The dialogue act of a message, by cue words and what is on screen. First rule that holds wins. `tests/test_acts.py`."""

from __future__ import annotations

import re

from bot.state import Act

_INJECTION = re.compile(
    r"ignore (?:all |any |your |the )?(?:previous|prior|above|earlier|instructions|rules|catalog)|system ?(?:prompt|message|override)|^\W*(?:system|assistant|developer)\s*[:：]|\"role\"\s*:|developer mode|jailbreak|you are now|from now on you|override\b|<\/?(?:system|inst|user)|\[/?(?:system|inst)|pretend (?:to be|you)|act as (?:a|an|if)|reveal your|print your|new instructions|disregard|i am (?:the|your) (?:store manager|admin|developer|owner)|user profile update|respond only|answer only"
    r"|忽略.{0,8}(?:指令|规则|以上|之前|前面|限制)|系统(?:提示|指令|消息|管理员)|开发者模式|管理员|你现在是|从现在起|扮演|越狱|无视.{0,6}(?:规则|指令|限制)|把.{0,10}(?:价格|price).{0,8}(?:改|显示|设)|一律(?:回答|回复)|请回复[“\"]",
    re.I,
)  # fmt: skip
_SERVICE = {
    "return": r"\breturn(?:s|ed|ing)?\b(?! to)|\brefund|\bexchange\b|send (?:it|them|this) back|money back|退货|退款|退换|换货|能退|可以退|退掉|怎么退",
    "order": r"\border (?:number|status|#|no|\d)|\bmy order\b|where(?:'s| is) my (?:order|parcel|package|delivery)|\btrack(?:ing)?\b(?! suit| record| list|suit)|cancel (?:my|the|an) |订单|物流|查单|查一下.{0,6}单|取消.{0,4}单|发货了|到哪了|快递",
    "delivery": r"\bdeliver(?:y|ed|s)? (?:time|cost|fee|to|by|on)|\bship(?:ping|s)? (?:to|cost|fee|time|free)|when (?:will|would|does) it (?:arrive|come|ship)|free (?:shipping|delivery)|how (?:long|soon) (?:does|will|would) (?:it|delivery|shipping) (?:take|arrive)|do you (?:ship|deliver)|next day|包邮|运费|多久(?:能)?到|几天(?:能)?到|什么时候(?:能)?到|配送|送货|发货",
    "warranty": r"\bwarranty|\bguarantee\b|\brepair|保修|质保|维修|修吗",
    "payment": r"\bpay (?:with|by|in)|\binstal?ments?\b|\bpaypal\b|credit card|\binvoice\b|\bgift (?:card|wrap)|\bwrap(?:ped|ping)\b|\bdiscount code|\bcoupon|\bvoucher|price match|分期|发票|付款|支付|花呗|优惠券|礼品卡|包装一下|礼盒包装",
    "person": r"speak to (?:a|an|some) ?(?:person|human|agent|one|body)|real (?:person|human)|talk to (?:a )?(?:human|someone)|customer service|manager|转人工|人工客服|真人",
    "shop": r"\bopening hours|what time do you|are you open|where(?:'s| is) (?:your|the) (?:shop|store)|几点(?:开|关)|营业|门店|在哪里?实体",
    "off_topic": r"\bweather\b|\bwrite (?:me |the |a |an )|\bpoem\b|\bessay\b|\bhomework\b|capital of|who (?:is|was) the (?:president|king|queen)|\bstock (?:price|market)\b|\btranslate\b|recipe|\bpolitic|what(?:'s| is) \d+ ?[+*x×-]|can you (?:code|sing|drive|book)|\bbook (?:me )?a (?:table|flight|hotel|taxi)|天气|写(?:一?首|一?篇|个|封|段)|作业|翻译|股票|总统|几点了|讲个|笑话|世界杯|比赛|算一下|做饭|菜谱|订(?:个|张)?(?:票|餐|位|酒店|机票)",
}  # fmt: skip
_UNDO = re.compile(r"\bundo\b|go back (?:to|one)|take (?:that|it) back|scratch that|revert|as (?:it was )?before|never ?mind (?:that|the last|what i)|forget (?:what i just|that last|i said that)|ignore (?:that|my last)|撤销|撤回|回到(?:刚才|之前|上一)|还是(?:按)?(?:刚才|之前|原来)|刚才(?:那|说的?)(?:句|条|个)?.{0,6}(?:不算|作废|收回|当我没说)|当我没说|恢复", re.I)
_START_OVER = re.compile(r"\bstart (?:over|again|afresh|from scratch)|\breset\b|clear (?:everything|all)|forget (?:everything|all (?:of )?(?:it|that))|wipe|clean slate|重新(?:来|开始)|从头(?:来|开始)|清空|全部忘|都忘了|推倒重来", re.I)
_FORGET = re.compile(r"\b(?:forget|drop|scrap|lose|remove|ditch|skip|ignore|never ?mind)(?: about)? (?:the|my|that|about) |doesn'?t matter any ?more|no longer (?:matters|important|need)|\b(?:\w+) (?:doesn'?t|does not) matter\b|no object|any (?:\w+) (?:is|will be) fine|不(?:用|必)(?:考虑|管|在意)|不限|忘(?:了|掉)|(?:去掉|删掉|取消)(?!.{0,4}单)|别管|当没提|不作要求|没要求|无所谓了|不重要", re.I)
_MORE_LIKE = re.compile(r"\b(?:more|something|anything|others?|stuff|ones?|another|similar|one) (?:(?:\w+ ){0,2})?(?:like|similar to|along the lines of|in the (?:style|vein) of)\b.{0,30}\b(?:this|that|it|these|those|one|first|second|third|last|1st|2nd|3rd|#\d)\b|\bmore (?:like|of) (?:this|that|the|it|these|those|#)|\bsimilar to (?:the|this|that|#)|^\s*like (?:the|#|number|that|this)\b|\bmore (?:\w+ )?like\b|\bsame (?:thing|one|style|kind|as).{0,20}\b(?:but|in|only)\b|\bgot (?:it|that|this|them) in\b|\bdo you have (?:it|that|this) in\b|like (?:the )?(?:#|1st|2nd|3rd|first|second|third|last).{0,12}\bbut\b|跟.{0,12}(?:差不多|类似|一样)的?.{0,12}(?:再|有|还|但|来)|(?:再来|还有|多来|再推).{0,8}(?:类似|这样|这种|这类|差不多|同款|一样)|类似(?:第|这|那)|像(?:第|这|那|上).{0,12}|(?:同款|这款|那款|第.)有.{0,6}(?:色|码|款)|照着.{0,8}(?:找|来)", re.I)
_COMPARE = re.compile(r"\bcompar(?:e|ed|ison)\b|\bvs\.?\b|\bversus\b|difference between|\bwhich (?:one|of|is|would|has|are|do)\b|\bwhich one'?s\b|\bwhich\b.{0,40}\b(?:better|best|quieter|lighter|longer|shorter|warmer|softer|heavier|cheaper|bigger|smaller|more|less|most|least)\b|\b(?:shortest|longest|cheapest|lightest|quietest|newest|oldest|best) (?:of|out of|one\?|among)|\bor the\b.*\?|哪(?:个|款|件|双|部|本|张|台|一)|对比|比较一下|比一比|(?:和|跟|与).{1,14}(?:比|区别|差别|不同|哪)|区别|差在哪", re.I)
_ASK = re.compile(r"\b(?:is|are|does|do|can|will|would|has|have|how|what|what's|who|when|where|why)\b.*\?|tell me (?:more )?about|more (?:info|details|about)|details (?:on|of|about)|[吗嘛么]\s*[?？]?\s*$|[吗嘛么][?？,，。]|多(?:重|长|大|高|厚|久|少|宽|深)|怎么样|好不好|能不能|会不会|是不是|有没有.{0,6}(?:功能|口袋)|讲讲|介绍|详细|什么(?:材质|面料|颜色|牌子|时候)|几(?:个|天|度|米|斤|层)", re.I)
_ACCEPT = re.compile(r"\b(?:i'?ll (?:take|go (?:with|for)|have|get|buy|try|grab)|we'?ll (?:take|go|have|get|try|watch)|i(?:'m| am) (?:sold|going (?:with|for)|taking)|sold\b|going with|let'?s (?:go (?:with|for)|do|get|watch|take)|(?:that|this|it)(?:'s| is) (?:the one|perfect|great|it\b)|perfect\b|(?:add|put) (?:it|that|this|them|the \w+) (?:to|in)|(?:it|then) is\b(?: then)?|it is[,.! ]|done\b|wrap it up|deal\b|order (?:it|that|the)|take (?:it|that|the|both)|buy (?:it|that|the)|just right|exactly what|love (?:it|that|this|the)|yes,? (?:that|the|please|it)|sounds (?:good|great|perfect|lovely)|works for me|i like (?:it|that|this|the)|great,? (?:the|thanks)|nice,? i)\b|^(?:yes|yep|yeah|perfect|great|nice|ok|okay|cool|lovely|brilliant|sure)\W*$|就(?:它|这|要|买|选|那|第|拿)|(?:要|买|选|拿)(?:它|这|那|第|两)|可以[,，]?就|行[,，]?就|下单|成交|不错[,，]?(?:就|要)|买了|要了|拿下|定了|(?:这|那)(?:个|款|件|双|部|本|张)(?:好|不错|可以|行)|吧\s*[!！。~]*$", re.I)
_REJECT = re.compile(r"\b(?:not (?:for me|my (?:style|thing|taste)|keen|a fan|feeling|interested|these|those|this|that|it|the|any|quite|really)|no (?:thanks|thank you|good|way)|none of (?:these|those|them)|neither|don'?t (?:like|want|fancy|love) (?:it|that|this|these|those|them|any|the|either)|hate (?:it|that|this|these|those|them|the)|(?:something|anything) else|other options|another (?:one|option)|next\b|too (?:expensive|pricey|big|small|heavy|bulky|long|short|dark|bright|loud|much|slow|old|new|plain|fancy|formal|boring)|already (?:seen|watched|read|own|have|got|heard|played)|seen (?:it|that|them|both|all)|ugly|boring|meh|nope|nah|hideous|awful|ew+)\b|^no\b\W*|不(?:喜欢|要这|要那|好看|合适|感兴趣|考虑|行|太)|太(?:贵|大|小|重|长|短|暗|亮|吵|丑|花|素|老|厚|薄|慢)|换(?:一批|一个|个|别的|一波|几)|别的|都不|丑|看过|读过|听过|买过|有了|没意思|算了", re.I)
_SMALL_TALK = re.compile(
    r"\b(?:hi|hello|hey|yo|hiya|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|ta|cheers|bye|goodbye|see you|lol|ha(?:ha)+|how are you|what'?s up|who are you|are you (?:a )?(?:bot|robot|human|real)(?: person)?"
    r"|there|so much|very much|a lot|mate|for (?:the|your|all your) (?:help|time))\b|你好|您好|嗨|哈喽|在吗|在不在|谢谢|多谢|谢了|谢啦|感谢|再见|拜拜|哈{2,}|早上好|晚上好|你是谁|你是(?:机器人|真人|人)吗?|辛苦了?|厉害|亲",
    re.I,
)
_FILLER = re.compile(r"\b(?:ok(?:ay)?|cool|nice|great|lovely|you|all|again|well|oh|and|so|the|that's|really)\b|[啦了哈呀啊吧呢哦嗯的]|好的|好", re.I)
_THANKS = re.compile(r"\b(?:thanks?|thank you|cheers|much appreciated|most kind)\b|谢谢|多谢|谢啦|感谢|辛苦", re.I)
_TOLD = re.compile(r"\b(?:i (?:bought|ordered|got|received)|my (?:\w+ ){0,2}(?:arrived|broke|came|died|stopped|went dead|is broken))\b|(?:我)?(?:刚|上周|上次|昨天|前几天)?(?:买的|收到的?|到手).{0,16}(?:坏|破|裂|掉|错|少|漏)|坏了|一洗就|不合适呢", re.I)
WISH = re.compile(r"\b(?:i(?:'m| am)? (?:want|need|looking|after|searching|shopping|hunting)|looking for|look(?:ing)? for|in search of|after (?:a|an|some)|i'?d (?:like|love|want)|i would like|need (?:a|an|some|new|something)|want (?:a|an|some|to)|show me|find me|got any|have you got|do you (?:have|sell|stock|carry)|any (?:good )?(?:\w+ ){0,3}(?:for|with|that|under|like)|recommend|suggest|something|anything|please|gift|present|for my|give me|what have you got|how about|help me)\b|想(?:要|买|找|看|听|给|送|换)|我要|求|推荐|有没有|有什么|找(?:个|一|几|本|部|张|点)|买(?:个|一|双|件|台|点)|送(?:给|我|他|她|什么|啥|女|男|爸|妈|朋友|老)|来(?:个|一|点|几|双|件|部|首|张|本)|给我|需要|看看|挑|选", re.I)


def injection(text: str) -> bool:
    """Whether the message tries to give the machine orders."""
    return bool(_INJECTION.search(text))


def start_over(text: str) -> bool:
    """Whether everything said so far is taken back."""
    return bool(_START_OVER.search(text))


def service_topic(text: str) -> str:
    """What of the shop's service, or off the subject, is spoken of; empty when nothing is."""
    return next((topic for topic, pattern in _SERVICE.items() if re.search(pattern, text, re.I)), "")


def act(text: str, *, first: bool, refers: bool, screen: bool, wishes: bool, exclusions: bool, limited: bool) -> tuple[Act, str]:
    """The dialogue act and, for chat and out_of_scope, its topic.

    `first`: no wish was stated before; `refers`: the message points at items on screen; `wishes`, `exclusions`, `limited`:
    rules found something wanted, ruled out, or limited by a number.
    """
    said = text.strip()
    topic = service_topic(said)
    new_wish = bool(WISH.search(said)) and (wishes or limited)
    question = bool(re.search(r"[?？]", said)) or bool(_ASK.search(said))
    if injection(said) and not (new_wish and len(said) > 200):
        return "out_of_scope", "injection"
    if _SMALL_TALK.search(said) and not re.search(r"\w", _FILLER.sub("", _SMALL_TALK.sub("", said))):
        return "chat", "thanks" if _THANKS.search(said) else "greeting"
    if _UNDO.search(said):
        return "undo", ""
    if start_over(said):
        return "forget", ""
    if topic and not (wishes and new_wish and not question) and not (screen and refers):
        return "out_of_scope", topic
    if _TOLD.search(said) and not new_wish:
        return "chat", "told"
    if _FORGET.search(said) and not limited and not refers:
        return "forget", ""
    if screen and refers and _MORE_LIKE.search(said):
        return "more_like", ""
    if _COMPARE.search(said) and (refers or screen):
        return "compare", ""
    if screen and refers and _ACCEPT.search(said) and not question and not _REJECT.search(said):
        return "accept", ""
    if screen and refers and question and not exclusions:
        return "ask_item", ""
    if screen and (refers or not (wishes or limited)) and _REJECT.search(said):
        return "reject", ""
    if screen and _ACCEPT.search(said) and not (wishes or exclusions or limited):
        return "accept", ""
    if screen and refers and not (wishes or exclusions or limited):
        return ("ask_item" if question else "accept"), ""
    if _THANKS.search(said) and not (wishes or limited or exclusions):
        return "chat", "thanks"
    if not (wishes or limited or exclusions):
        return ("reject" if screen and _REJECT.search(said) else "chat"), "other"
    return ("request" if first else "refine"), ""
