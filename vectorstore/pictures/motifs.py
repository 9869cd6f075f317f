"""Every motif by its name, with the nudge that centres it; `tests/test_pictures.py` draws them all."""

from __future__ import annotations

from collections.abc import Callable

from vectorstore.pictures import (
    accessories,
    appliances,
    care,
    clothing,
    components,
    electronics,
    footwear,
    games,
    home,
    office,
    outdoors,
    sound_and_light,
    spares,
    tableware,
    toys,
)
from vectorstore.pictures.palette import Paint
from vectorstore.pictures.shapes import moved

Motif = Callable[[Paint], str]

_FILES = (
    accessories,
    appliances,
    care,
    clothing,
    components,
    electronics,
    footwear,
    games,
    home,
    office,
    outdoors,
    sound_and_light,
    spares,
    tableware,
    toys,
)
MOTIFS: dict[str, Motif] = {name: motif for file in _FILES for name, motif in file.MOTIFS.items()}

# Across, down, scale: from the bounding boxes, so that every motif sits in the middle with the same weight.
_PLACE: dict[str, tuple[float, float, float]] = {
    "socks": (-5, 4, 1.06), "beanie": (0, 13, 1.06), "cap": (-15, 5, 1.08), "brimmed_hat": (0, -8, 0.94),
    "scarf": (0, -8, 1), "belt": (0, -7, 1.12), "sunglasses": (0, 0, 1.09), "kettle": (-4, 6, 1),
    "stove_kettle": (-14, 9, 1), "coffee_maker": (0, 0, 1.05), "french_press": (-7, 8, 0.96), "moka_pot": (-6, 10, 1),
    "grinder": (-4, 13, 0.91), "blender": (-8, 7, 1), "toaster": (-12, 0, 0.96), "rice_cooker": (0, 15, 0.93),
    "mixer": (-5, -4, 1), "dripper": (-6, 7, 1), "hand_blender": (0, 7, 1), "cream_jar": (0, 0, 1.05),
    "tube": (0, 3, 1), "shampoo": (-7, 0, 1), "serum": (-22, 7, 0.94), "lipstick": (-9, 0, 1), "makeup": (0, 9, 0.95),
    "makeup_brush": (5, 0, 0.94), "perfume": (15, 8, 0.95), "spray_bottle": (32, 0, 1), "deodorant": (0, 0, 1.06),
    "soap": (0, 12, 1), "nail_polish": (0, 4, 1), "toothbrush": (-11, 0, 1), "hair_dryer": (0, -9, 1),
    "razor": (0, 0, 0.84), "comb": (9, 4, 0.91), "face_mask": (0, 0, 1.06), "mirror": (0, 3, 1),
    "lip_balm": (-13, -17, 1.16), "coat": (0, 0, 0.96), "hoodie": (0, 8, 1), "vest": (0, 7, 1), "shirt": (0, 4, 1),
    "shorts": (0, 8, 1.16), "skirt": (0, 0, 1.16), "underwear": (0, 0, 1.16), "down_jacket": (0, 7, 1),
    "cartridge": (-9, 0, 1.09), "memory_module": (0, 0, 0.89), "processor": (0, 0, 1.16),
    "circuit_board": (0, 0, 1.05), "server": (0, 0, 0.92), "projector": (-6, -9, 0.92), "usb_stick": (-8, -4, 1.12),
    "disc": (-6, 0, 0.94), "padlock": (0, 0, 1.05), "label_roll": (3, 0, 1), "power_unit": (-8, -3, 1.07),
    "screen_arm": (-9, 0, 0.94), "music_player": (-18, 6, 0.94), "remote": (0, 0, 0.95), "mouse": (0, 0, 1.04),
    "monitor": (0, 0, 0.95), "television": (0, 0, 0.94), "laptop": (0, 0, 0.95), "webcam": (0, 0, 1.07),
    "power_bank": (-20, 6, 0.95), "phone_stand": (0, 12, 1), "router": (0, -3, 1), "charger": (-14, -7, 1.06),
    "cable": (-6, -10, 0.84), "hub": (4, 20, 0.91), "drive": (0, 0, 1.08), "game_pad": (0, -7, 1),
    "charging_pad": (0, -6, 0.94), "running_shoe": (-3, -14, 1), "sneaker": (-4, -12, 1), "boot": (-12, 6, 1),
    "chelsea_boot": (-13, 9, 1), "sandal": (-5, -22, 1.04), "dress_shoe": (-6, -20, 1), "slipper": (-4, -18, 1),
    "backpack": (0, 4, 1), "shoulder_bag": (0, 7, 1), "suitcase": (0, 0, 0.94), "wallet": (0, -12, 1.16),
    "umbrella": (0, 5, 0.93), "rain_boot": (-12, 7, 1), "loafer": (-6, -27, 1), "board_game": (0, 0, 0.94),
    "card_game": (12, 0, 1), "puzzle": (-8, 12, 1), "science_kit": (-17, 0, 0.96), "telescope": (0, 4, 0.9),
    "kite": (-16, 0, 0.91), "xylophone": (0, 3, 1), "paint_set": (-12, 9, 0.95), "sand_toys": (-28, 0, 0.94),
    "croquet": (0, 6, 0.85), "toy_shop": (0, 3, 1), "theatre": (0, 4, 0.95), "armchair": (0, -3, 1),
    "table": (0, -16, 1), "shelf": (0, 3, 1), "cushion": (0, 0, 1.15), "blanket": (0, -10, 1.16),
    "plant_pot": (-4, 0, 1), "vase": (0, 8, 0.96), "clock": (0, 0, 1.08), "screwdriver": (0, 6, 1),
    "gift": (0, 0, 1.07), "parcel": (0, -9, 1), "notebook": (0, -6, 0.95), "planner": (0, 0, 1.04),
    "pen": (0, 0, 1.05), "pencils": (0, 7, 1), "chair": (0, 0, 0.92), "desk": (0, 11, 0.91), "tray": (0, -9, 1),
    "whiteboard": (0, 4, 1), "paper": (0, -46, 1.16), "stapler": (0, -26, 1.07), "scissors": (0, 8, 1.06),
    "tape": (-11, -9, 1.07), "waste_bin": (0, 5, 1), "standing_desk": (0, 0, 0.89), "shredder": (0, 5, 1),
    "desk_mat": (0, 0, 0.94), "tent": (0, 8, 0.96), "sleeping_bag": (0, 0, 0.95), "sleeping_mat": (-8, -13, 1),
    "headlamp": (-7, -9, 1), "torch": (-8, 0, 0.93), "lantern": (0, 6, 1), "bottle": (0, 5, 0.95),
    "flask": (-14, 0, 1), "stove": (0, 7, 0.95), "trekking_poles": (0, 0, 0.92), "hammock": (0, 15, 0.75),
    "camping_chair": (-3, 0, 1), "cool_box": (0, -5, 1.05), "yoga_mat": (-28, 5, 1.04), "dumbbell": (0, 0, 0.89),
    "bicycle": (0, -14, 1), "helmet": (-3, -9, 1), "ball": (0, 0, 1.07), "binoculars": (0, -3, 1),
    "compass": (0, 7, 0.93), "rope": (0, 16, 1), "fishing_rod": (-7, 0, 1), "tool_knife": (-6, 6, 1),
    "headphones": (0, 3, 1), "earbuds": (0, -6, 1.15), "speaker": (-10, 0, 1), "smart_speaker": (0, -14, 1.16),
    "soundbar": (0, -6, 1), "watch": (-5, 0, 0.9), "smart_watch": (-5, 0, 0.88), "desk_lamp": (0, 0, 1.05),
    "light_bulb": (0, 12, 0.89), "vacuum": (5, -9, 1.08), "smart_plug": (0, 0, 1.16), "frying_pan": (0, -3, 0.87),
    "wok": (-4, -5, 0.86), "pot": (0, 0, 0.95), "knife": (-9, 0, 1), "mug": (-15, 6, 1), "cup": (0, -17, 1.1),
    "drinking_glass": (0, -5, 1.13), "plate": (0, -11, 0.94), "lunch_box": (0, 9, 1), "food_container": (0, -7, 1.13),
    "jar": (0, 0, 1.05), "cutting_board": (0, 3, 1), "teapot": (0, 0, 0.95), "scale": (0, -13, 1.12),
    "oven_glove": (-19, 0, 1), "apron": (0, 6, 1), "candle": (0, 4, 1), "wooden_toy": (0, 0, 0.95),
    "dinosaur": (4, 0, 0.88), "blocks": (0, 4, 1), "bricks": (0, -8, 1.05), "plush_bear": (0, 0, 0.95),
    "plush_animal": (0, 0, 0.91), "train": (7, 13, 0.86), "car": (0, -11, 0.91), "robot": (0, 8, 0.92),
    "stacking_rings": (0, 10, 1), "scooter": (0, -14, 1.05), "plush_octopus": (0, 0, 0.94),
    "hedgehog": (-13, -12, 0.93), "balance_bike": (0, -10, 1),
}  # fmt: skip


def framed(name: str, paint: Paint) -> str:
    """The motif called `name`, centred in the 400 by 300 frame. An unknown name is a KeyError."""
    return moved(MOTIFS[name](paint), *_PLACE.get(name, (0, 0, 1)))
