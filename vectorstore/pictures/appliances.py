"""Motifs of the machines and vessels that cook and brew."""


from __future__ import annotations

from vectorstore.pictures.palette import (
    GLASS,
    GLASS_SHADE,
    INK,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, line, path, ring


def kettle(c: Paint) -> str:
    """An electric kettle on its base."""
    drawn = line("M266 92 Q312 92 308 152 Q304 196 272 204", c.limb, 15)
    drawn += path("M132 112 L100 84 Q96 76 106 76 L140 80 Z", c.dark, c.edge) + path(
        "M140 76 H262 L282 218 Q283 228 272 228 H128 Q117 228 118 218 Z", c.base, c.edge
    )
    drawn += (
        path("M238 76 H262 L282 218 Q283 228 272 228 H254 Z", c.shade)
        + path("M142 72 Q146 54 200 54 Q256 54 260 72 L262 80 H140 Z", c.dark, c.edge)
        + box(188, 40, 24, 16, 6, c.deep, c.rim)
    )
    drawn += box(110, 230, 180, 18, 8, c.deep, c.rim)
    return drawn + box(156, 112, 18, 82, 9, GLASS, c.line, 2) + box(158, 150, 14, 42, 7, GLASS_SHADE)


def stove_kettle(c: Paint) -> str:
    """A whistling kettle with a bow handle."""
    drawn = line("M148 118 Q150 46 200 46 Q250 46 252 118", c.limb, 11) + line("M176 52 Q200 42 224 52", WOOD, 15)
    drawn += path("M270 158 L306 124 L318 134 Q306 178 282 204 Z", c.dark, c.edge) + path(
        "M110 214 Q104 118 200 112 Q296 118 290 214 Q290 236 268 236 H132 Q110 236 110 214 Z", c.base, c.edge
    )
    drawn += path("M250 122 Q296 140 290 214 Q290 236 268 236 H244 Q274 180 250 122 Z", c.shade) + path(
        "M158 120 Q200 100 242 120 Q200 132 158 120 Z", c.dark
    )
    return drawn + circle(200, 106, 9, WOOD) + line("M130 186 Q132 150 160 136", c.gleam, 7)


def coffee_maker(c: Paint) -> str:
    """A filter coffee maker with its jug."""
    drawn = path(
        "M116 50 H284 Q292 50 292 58 V92 H172 V218 H292 V238 Q292 248 282 248 H118 Q108 248 108 238 V58 Q108 50 116 50 Z",
        c.base,
        c.edge,
    )
    drawn += path("M108 58 Q108 50 116 50 H150 V248 H118 Q108 248 108 238 Z", c.shade) + path(
        "M190 92 H266 L254 116 H202 Z", c.dark
    )
    drawn += line("M270 146 Q300 144 296 172 Q294 194 272 196", INK, 9) + path(
        "M196 132 H264 Q284 168 272 210 Q270 216 264 216 H196 Q190 216 188 210 Q176 168 196 132 Z", GLASS, GLASS_SHADE
    )
    drawn += path(
        "M183 170 Q228 178 277 170 Q278 192 272 210 Q270 216 264 216 H196 Q190 216 188 210 Q182 192 183 170 Z",
        "#5d3d2a",
    )
    return (
        drawn
        + box(194, 124, 72, 11, 4, INK)
        + circle(130, 82, 8, c.accent)
        + line("M122 108 H138 M122 122 H138", c.line, 4)
        + box(178, 218, 108, 8, 4, c.deep)
    )


def espresso_machine(c: Paint) -> str:
    """An espresso machine with a portafilter, a cup and a steam pipe."""
    drawn = path("M96 68 Q96 54 110 54 H290 Q304 54 304 68 V118 H96 Z", c.base, c.edge) + path(
        "M96 118 H150 V226 H96 Z", c.shade, c.edge
    )
    drawn += (
        box(88, 220, 224, 28, 10, c.dark, c.edge)
        + line("M164 224 H300", c.line, 3, "8 6")
        + box(150, 118, 154, 10, 0, c.deep)
    )
    drawn += (
        path("M186 128 H246 L240 150 H192 Z", STEEL, STEEL_DARK)
        + line("M242 138 L296 146", INK, 12)
        + line("M206 152 V166 M226 152 V166", STEEL_DARK, 6)
        + line("M274 128 L284 196", STEEL, 6)
    )
    drawn += path("M192 176 H240 L236 208 Q234 218 224 218 H208 Q198 218 196 208 Z", PAPER, PAPER_EDGE) + line(
        "M240 184 Q256 184 252 196 Q248 204 238 202", PAPER_EDGE, 5
    )
    return (
        drawn
        + circle(124, 86, 14, PAPER, c.deep, 3)
        + line("M124 86 L131 79", "#c4683f", 3)
        + circle(220, 86, 7, c.accent)
        + circle(246, 86, 7, c.line)
        + circle(272, 86, 7, c.line)
    )


def french_press(c: Paint) -> str:
    """A glass press with its plunger."""
    drawn = (
        line("M258 108 H284 Q296 108 296 122 V192 Q296 206 284 206 H258", c.limb, 11)
        + line("M200 48 V120", STEEL_DARK, 6)
        + circle(200, 44, 11, c.dark, c.rim)
    )
    drawn += (
        path("M144 92 H256 V236 H144 Z", GLASS, GLASS_SHADE)
        + path("M144 148 H256 V236 H144 Z", "#5d3d2a")
        + box(144, 138, 112, 10, 3, STEEL, STEEL_DARK, 2)
    )
    drawn += path("M138 92 Q146 68 200 68 Q254 68 262 92 Z", c.base, c.edge) + path(
        "M138 112 L118 94 H262 V104 H144 V230 H256 V222 H264 V244 Q264 250 258 250 H142 Q136 250 136 244 Z",
        c.base,
        c.edge,
    )
    return drawn + line("M160 114 V134", PAPER, 7) + line("M160 160 V206", "#7b5740", 7)


def moka_pot(c: Paint) -> str:
    """A stove-top coffee pot."""
    drawn = (
        line("M242 84 L288 92 L276 168", INK, 12)
        + path("M148 168 L128 246 H272 L252 168 Z", c.shade, c.edge)
        + path("M142 66 L160 152 H240 L254 72 L258 66 Z", c.base, c.edge)
    )
    drawn += (
        path("M142 66 L124 82 L150 110 Z", c.dark, c.edge)
        + box(150, 150, 100, 20, 5, c.dark, c.edge)
        + path("M140 68 L200 46 L260 68 Z", c.gleam, c.edge)
        + circle(200, 42, 9, INK)
    )
    return drawn + line("M186 74 L190 150 M216 74 L212 150 M184 176 L174 244 M218 176 L228 244", c.line, 3)


def grinder(c: Paint) -> str:
    """A hand coffee grinder with a crank and a drawer."""
    drawn = (
        line("M200 62 V50 H276 V40", STEEL_DARK, 8)
        + circle(276, 34, 12, WOOD, WOOD_DARK)
        + path("M146 112 Q148 66 200 62 Q252 66 254 112 Z", STEEL, STEEL_DARK)
    )
    drawn += (
        line("M164 104 Q168 82 186 76", STEEL_LIGHT, 6)
        + box(134, 110, 132, 16, 5, c.dark, c.edge)
        + path("M142 126 H258 L270 236 H130 Z", c.base, c.edge)
        + path("M232 126 H258 L270 236 H240 Z", c.shade)
    )
    return (
        drawn
        + box(150, 172, 100, 46, 6, c.dark, c.line, 2)
        + circle(200, 195, 8, STEEL_LIGHT, STEEL_DARK, 2)
        + box(120, 234, 160, 16, 6, c.deep, c.rim)
    )


def air_fryer(c: Paint) -> str:
    """An air fryer with its drawer and dial."""
    drawn = path(
        "M120 96 Q122 48 200 48 Q278 48 280 96 L288 228 Q288 244 272 244 H128 Q112 244 112 228 Z", c.base, c.edge
    ) + path("M244 54 Q278 64 280 96 L288 228 Q288 244 272 244 H252 Q264 140 244 54 Z", c.shade)
    drawn += (
        path("M126 144 H274 L278 212 Q278 224 266 224 H134 Q122 224 122 212 Z", c.dark, c.line, 2)
        + box(182, 162, 36, 62, 12, c.deep, c.line, 2)
        + box(190, 170, 20, 34, 8, c.line)
    )
    return (
        drawn
        + circle(200, 96, 28, c.deep)
        + ring(200, 96, 20, c.line, 3)
        + line("M200 96 L212 82", c.accent, 5)
        + path("M132 246 H156 V252 H132 Z M244 246 H268 V252 H244 Z", c.deep)
    )


def blender(c: Paint) -> str:
    """A blender with a smoothie in its jug."""
    drawn = (
        line("M250 80 H280 Q290 80 288 92 L280 138 Q278 146 268 146 H244", GLASS_SHADE, 9)
        + path("M138 62 H262 L246 178 H154 Z", GLASS, GLASS_SHADE, 4)
        + path("M145 112 Q170 104 200 112 Q230 120 255 112 L246 176 H154 Z", "#cf7f86")
    )
    drawn += (
        line("M158 76 L163 104", PAPER, 7)
        + box(132, 46, 136, 18, 7, c.dark, c.edge)
        + box(178, 36, 44, 12, 5, c.dark, c.edge)
    )
    drawn += path("M152 180 H248 L272 240 Q274 250 262 250 H138 Q126 250 128 240 Z", c.base, c.edge) + path(
        "M230 180 H248 L272 240 Q274 250 262 250 H246 Z", c.shade
    )
    return (
        drawn
        + circle(200, 218, 16, c.deep)
        + line("M200 218 L208 208", c.accent, 4)
        + circle(162, 224, 5, c.line)
        + circle(238, 224, 5, c.line)
    )


def toaster(c: Paint) -> str:
    """A toaster with two slices up."""
    slice_ = path("M118 112 V86 Q106 66 128 58 H174 Q196 66 184 86 V112 Z", "#dcae6c", "#a8713a", 5) + path(
        "M132 112 V84 Q126 76 136 72 H166 Q176 76 170 84 V112 Z", "#eccb92"
    )
    drawn = (
        slice_
        + f'<g transform="translate(98 0)">{slice_}</g>'
        + path(
            "M88 142 Q88 104 126 104 H274 Q312 104 312 142 V214 Q312 230 296 230 H104 Q88 230 88 214 Z", c.base, c.edge
        )
    )
    drawn += (
        path("M272 104 Q312 106 312 142 V214 Q312 230 296 230 H268 Q288 170 272 104 Z", c.shade)
        + box(96, 230, 32, 12, 4, c.deep)
        + box(272, 230, 32, 12, 4, c.deep)
    )
    return (
        drawn
        + line("M326 136 V190", c.deep, 6)
        + box(314, 140, 24, 14, 5, c.dark, c.edge)
        + circle(132, 194, 12, c.deep)
        + line("M132 194 L138 186", c.accent, 3.500)
        + line("M112 150 H252", c.line, 3)
    )


def rice_cooker(c: Paint) -> str:
    """A rice cooker with a domed lid."""
    drawn = (
        path("M96 150 H304 V212 Q304 242 272 242 H128 Q96 242 96 212 Z", c.base, c.edge)
        + path("M92 146 Q96 66 200 64 Q304 66 308 146 Z", c.gleam, c.edge)
        + path("M262 78 Q304 100 308 146 H276 Q280 108 262 78 Z", c.base)
    )
    drawn += (
        box(88, 140, 224, 16, 7, c.dark, c.edge)
        + path("M176 66 Q180 48 200 48 Q220 48 224 66 Z", c.deep)
        + box(148, 170, 104, 54, 14, c.deep)
    )
    return (
        drawn
        + box(160, 182, 44, 18, 4, "#cfe0c4")
        + circle(230, 192, 9, c.accent)
        + line("M164 212 H204", c.line, 4)
        + line("M168 46 Q160 36 168 26 M232 46 Q224 36 232 26", STEEL, 5)
    )


def mixer(c: Paint) -> str:
    """A stand mixer with its bowl."""
    drawn = (
        path("M254 118 H304 V224 H254 Z", c.shade, c.edge)
        + path("M104 84 Q104 62 130 62 H282 Q312 62 312 92 Q312 122 282 122 H142 Q104 118 104 84 Z", c.base, c.edge)
        + path("M104 84 Q104 62 130 62 H142 V122 Q104 118 104 84 Z", STEEL, STEEL_DARK, 2)
    )
    drawn += (
        line("M166 122 V138", STEEL_DARK, 12)
        + path("M152 140 Q166 130 180 140 L186 176 H146 Z", STEEL_DARK)
        + path("M104 154 H228 Q228 214 190 222 H142 Q104 214 104 154 Z", STEEL_LIGHT, STEEL_DARK)
        + path("M202 154 H228 Q228 214 190 222 H174 Q206 200 202 154 Z", STEEL)
    )
    return (
        drawn
        + path("M92 238 Q96 222 116 222 H304 Q318 222 318 238 Q318 246 308 246 H102 Q92 246 92 238 Z", c.dark, c.edge)
        + circle(284, 92, 9, c.accent)
        + line("M160 80 H250", c.gleam, 5)
    )


def fridge(c: Paint) -> str:
    """A tall appliance with two doors."""
    drawn = (
        box(130, 40, 140, 216, 16, c.base, c.edge)
        + path("M240 40 H254 Q270 40 270 56 V240 Q270 256 254 256 H240 Z", c.shade)
        + line("M132 116 H268", c.line, 4)
    )
    return drawn + line("M148 74 V100 M148 132 V176", c.deep, 7) + box(208, 66, 32, 20, 4, c.dark)


def gooseneck_kettle(c: Paint) -> str:
    """A kettle with a long thin spout on its base."""
    drawn = (
        line("M150 196 Q106 190 114 140 Q118 106 92 92", c.edge, 15)
        + line("M150 196 Q106 190 114 140 Q118 106 92 92", c.dark, 10)
        + line("M252 104 Q310 98 312 128 L304 186", c.limb, 14)
    )
    drawn += (
        path("M160 92 H248 L274 214 Q275 224 264 224 H144 Q133 224 134 214 Z", c.base, c.edge)
        + path("M226 92 H248 L274 214 Q275 224 264 224 H244 Z", c.shade)
        + path("M156 92 Q160 72 204 70 Q248 72 252 92 Z", c.dark, c.edge)
        + circle(204, 62, 10, WOOD, WOOD_DARK)
    )
    return (
        drawn
        + box(118, 226, 172, 20, 8, c.deep, c.rim)
        + box(184, 231, 40, 10, 3, "#cfe0c4")
        + line("M164 116 L156 190", c.gleam, 7)
    )


def dripper(c: Paint) -> str:
    """A filter cone over a glass jug."""
    drawn = (
        line("M276 70 Q306 72 298 98 Q290 114 264 112", c.edge, 11)
        + line("M276 70 Q306 72 298 98 Q290 114 264 112", c.dark, 8)
        + path("M128 60 L112 42 Q200 30 288 42 L272 60 Z", "#f4ead4", PAPER_EDGE)
    )
    drawn += (
        path("M116 56 H284 L232 126 H168 Z", c.base, c.edge)
        + path("M256 56 H284 L232 126 H216 Z", c.shade)
        + line("M150 70 L178 114 M182 70 L192 114", c.line, 3.5)
        + box(140, 124, 120, 14, 6, c.dark, c.edge)
    )
    drawn += line("M262 160 Q300 158 296 192 Q292 218 268 222", GLASS_SHADE, 10) + path(
        "M160 138 H240 L272 206 Q282 248 254 250 H146 Q118 248 128 206 Z", GLASS, GLASS_SHADE, 4
    )
    return (
        drawn
        + path("M130 204 Q200 214 270 204 Q280 246 254 246 H146 Q120 246 130 204 Z", "#5d3d2a")
        + line("M200 140 V196", "#5d3d2a", 4)
        + line("M156 160 L142 190", PAPER, 6)
    )


def hand_blender(c: Paint) -> str:
    """A stick blender with a beaker."""
    drawn = (
        path("M92 128 H196 L186 238 Q185 248 174 248 H114 Q103 248 102 238 Z", GLASS, GLASS_SHADE, 4)
        + path("M97 172 Q120 164 144 172 Q168 180 192 172 L185 236 Q184 244 174 244 H114 Q104 244 103 236 Z", "#d9793a")
        + line("M112 142 V160 M112 192 h14 M110 210 h14", PAPER, 5)
    )
    return (
        drawn
        + '<g transform="rotate(14 250 150)">'
        + box(228, 38, 50, 120, 22, c.base, c.edge)
        + path("M262 40 Q278 44 278 60 V136 Q278 156 260 158 Q270 100 262 40 Z", c.shade)
        + circle(250, 72, 8, c.accent)
        + line("M242 98 H262", c.line, 5)
        + path("M240 158 H266 L260 208 H246 Z", STEEL, STEEL_DARK)
        + path("M246 206 H260 L276 234 Q278 246 266 246 H240 Q228 246 230 234 Z", STEEL_LIGHT, STEEL_DARK)
        + "</g>"
    )


MOTIFS = {
    motif.__name__: motif
    for motif in (
        kettle,
        stove_kettle,
        coffee_maker,
        espresso_machine,
        french_press,
        moka_pot,
        grinder,
        air_fryer,
        blender,
        toaster,
        rice_cooker,
        mixer,
        fridge,
        gooseneck_kettle,
        dripper,
        hand_blender,
    )
}
