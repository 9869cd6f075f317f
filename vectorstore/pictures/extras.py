"""Motifs that the sample shop asked for beside the general ones: near relations of a motif in another file."""

# ruff: noqa: E501 - outlines and word lists are long lines
from __future__ import annotations

from vectorstore.pictures.palette import (
    CLAY,
    CREAM,
    GLASS,
    GLASS_SHADE,
    INK,
    INK_LIGHT,
    PAPER,
    PAPER_EDGE,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WOOD,
    WOOD_DARK,
    Paint,
)
from vectorstore.pictures.shapes import box, circle, ellipse, grain, line, mirrored, path


def down_jacket(c: Paint) -> str:
    """A padded jacket with a high collar."""
    sleeve = "M158 66 Q122 70 112 104 L88 202 Q86 214 98 218 L116 222 Q126 222 128 212 L152 136 Z"
    drawn = mirrored(
        path(sleeve, c.shade, c.edge)
        + line("M108 120 Q130 130 150 128 M100 152 Q122 164 142 160 M93 184 Q114 196 133 190", c.line, 3)
    )
    drawn += path(
        "M164 58 H236 L254 68 Q262 100 258 140 L262 232 Q262 244 250 244 H150 Q138 244 138 232 L142 140 Q138 100 146 68 Z",
        c.base,
        c.edge,
    )
    drawn += path("M204 90 H258 Q262 120 258 140 L262 232 Q262 244 250 244 H204 Z", c.shade) + mirrored(
        line(
            "M142 112 Q172 122 196 112 M142 142 Q172 152 196 142 M141 172 Q172 182 196 172 M140 202 Q172 212 196 202",
            c.line,
            3,
        )
    )
    drawn += (
        path("M164 42 Q200 52 236 42 L240 82 Q200 104 160 82 Z", c.gleam, c.edge)
        + path("M174 48 Q200 56 226 48 L224 64 Q200 74 176 64 Z", c.deep)
        + line("M160 66 Q200 88 240 66", c.line, 3)
    )
    return (
        drawn
        + line("M200 92 V242", c.deep, 6)
        + line("M200 92 V242", STEEL_LIGHT, 3, "0.5 6")
        + box(196, 98, 8, 16, 3, STEEL_LIGHT, c.deep, 1.5)
    )


def rain_boot(c: Paint) -> str:
    """A rubber boot."""
    drawn = (
        path("M132 50 H206 L208 140 Q214 160 250 168 Q300 176 302 216 H122 Z", c.base, c.edge)
        + path("M250 168 Q300 176 302 216 H250 Q238 188 250 168 Z", c.dark)
        + path("M132 50 H150 L146 216 H122 Z", c.shade)
    )
    drawn += (
        path("M128 44 H210 V66 H128 Z", c.gleam, c.edge)
        + ellipse(169, 46, 34, 6, c.deep)
        + line("M180 86 V150", c.gleam, 8)
    )
    return (
        drawn
        + path(
            "M118 214 H304 Q310 214 310 224 Q310 234 300 234 H190 L184 246 H122 Q114 246 114 236 Z",
            c.deep,
            c.rim,
        )
        + line("M128 176 H150 M128 190 H150", c.line, 3)
    )


def loafer(c: Paint) -> str:
    """A slip-on with a strap over the instep."""
    drawn = path(
        "M90 204 Q82 162 98 128 Q106 120 116 128 Q136 148 186 132 Q212 150 264 164 Q322 172 322 204 Z", c.base, c.edge
    ) + path(
        "M186 132 Q212 150 264 164 Q300 168 314 184 Q260 190 222 180 Q194 172 176 146 Z",
        c.gleam,
        c.line,
        2.5,
    )
    drawn += (
        path("M116 128 Q136 148 186 132 Q182 152 150 154 Q122 152 107 126 Z", c.deep)
        + path("M168 204 Q172 176 190 152 L216 162 Q196 182 194 204 Z", c.dark, c.line, 2)
        + line("M186 178 L200 182", CREAM, 5)
    )
    return (
        drawn
        + line("M92 178 Q112 184 118 202", c.line, 2.5, "4 4")
        + path(
            "M84 202 H322 Q330 204 328 212 Q326 218 316 218 H178 L170 218 V230 H92 Q84 230 84 222 Z",
            c.deep,
            c.rim,
        )
    )


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


def charging_pad(c: Paint) -> str:
    """A round pad with a phone lying on it."""
    drawn = (
        line("M284 196 Q330 200 334 246", c.limb, 7)
        + path("M72 178 V194 Q72 240 194 240 Q316 240 316 194 V178 Z", c.dark, c.edge)
        + ellipse(194, 178, 122, 50, c.base, c.edge)
        + ellipse(194, 178, 98, 38, "none", c.line, 3)
    )
    return (
        drawn
        + '<g transform="translate(0 -26)">'
        + path(
            "M150 132 L282 166 Q292 170 284 178 L252 206 Q244 212 234 210 L104 176 Q94 172 102 164 L134 136 Q142 130 150 132 Z",
            INK,
            INK_LIGHT,
            5,
        )
        + path("M204 148 L172 172 H194 L180 194 L220 166 H196 Z", CREAM)
        + "</g>"
        + line("M160 74 Q194 58 228 74 M174 90 Q194 80 214 90", c.edge, 5)
    )


def standing_desk(c: Paint) -> str:
    """A desk on two lifting columns."""
    drawn = (
        mirrored(
            box(104, 134, 22, 106, 4, STEEL_DARK)
            + box(108, 122, 14, 60, 3, STEEL)
            + box(82, 236, 66, 14, 6, INK, INK_LIGHT, 2)
        )
        + box(72, 108, 256, 18, 7, c.base, c.edge)
        + box(126, 126, 148, 10, 2, c.dark)
    )
    drawn += path(
        "M200 224 V164 M184 180 L200 164 L216 180 M184 208 L200 224 L216 208",
        "none",
        c.edge,
        7,
    )
    return (
        drawn
        + box(160, 44, 104, 58, 5, INK, INK_LIGHT)
        + box(166, 50, 92, 46, 2, GLASS_SHADE)
        + box(206, 100, 12, 8, 1, STEEL_DARK)
        + box(92, 84, 26, 24, 4, CLAY)
        + line("M118 90 Q128 92 118 102", CLAY, 4)
        + box(282, 126, 24, 9, 3, INK)
    )


def shredder(c: Paint) -> str:
    """A paper shredder at work."""
    drawn = (
        path("M150 40 H250 V90 H150 Z", PAPER, PAPER_EDGE)
        + line("M166 54 H234 M166 66 H218 M166 78 H230", STEEL, 4)
        + path("M128 122 H272 L262 240 Q261 250 250 250 H150 Q139 250 138 240 Z", c.shade, c.edge)
        + box(158, 140, 84, 84, 8, GLASS, c.deep, 2)
    )
    drawn += (
        line("M168 220 V176 M180 220 V160 M192 220 V182 M204 220 V164 M216 220 V178 M228 220 V168", "#b9ae98", 5)
        + box(110, 88, 180, 38, 12, c.base, c.edge)
        + box(140, 88, 120, 9, 4, c.deep)
    )
    return drawn + circle(268, 112, 5, c.accent) + line("M126 112 H150", c.line, 4)


def desk_mat(c: Paint) -> str:
    """A mat with a mouse on it, one corner turned up."""
    drawn = (
        path("M104 84 H326 Q334 84 332 94 L312 196 L276 222 H74 Q64 222 66 212 L90 94 Q92 84 104 84 Z", c.base, c.edge)
        + path("M312 196 L276 222 Q284 204 280 196 Q296 202 312 196 Z", c.gleam, c.edge)
        + line("M108 96 H318 L300 190 M80 210 L104 96 M80 210 H262", c.line, 2.5, "7 5")
    )
    return (
        drawn
        + '<g transform="rotate(12 250 150)">'
        + path("M228 138 Q228 108 250 108 Q272 108 272 138 V158 Q272 188 250 188 Q228 188 228 158 Z", PAPER, PAPER_EDGE)
        + line("M229 142 H271 M250 109 V142", PAPER_EDGE, 2.5)
        + box(247, 118, 6, 14, 3, INK)
        + "</g>"
        + box(118, 118, 84, 56, 5, c.dark)
        + line("M128 132 H192 M128 146 H192 M128 160 H176", c.line, 5, "6 5")
    )


def lip_balm(c: Paint) -> str:
    """A stick of lip balm and its cap."""
    drawn = (
        path("M142 124 V104 Q142 82 172 78 Q190 84 190 104 V124 Z", c.gleam, c.edge)
        + box(134, 120, 64, 16, 4, PAPER, PAPER_EDGE)
        + box(130, 134, 72, 98, 6, c.base, c.edge)
        + path("M184 134 H196 Q202 134 202 140 V226 Q202 232 196 232 H184 Z", c.shade)
        + box(130, 232, 72, 20, 5, c.dark, c.edge)
    )
    drawn += line("M142 236 V248 M154 236 V248 M166 236 V248 M178 236 V248 M190 236 V248", c.line, 3) + path(
        "M164 160 q15 15 0 34 q-15 -19 0 -34 Z", c.accent
    )
    return drawn + box(226, 128, 66, 124, 10, c.dark, c.edge) + line("M242 146 V232", c.line, 5)


def plush_octopus(c: Paint) -> str:
    """A soft octopus."""
    legs = "".join(
        line(d, c.edge, 27) + line(d, tone, 22)
        for d, tone in (
            ("M146 166 Q116 180 100 214 Q92 234 78 228", c.shade),
            ("M254 166 Q284 180 300 214 Q308 234 322 228", c.shade),
            ("M162 182 Q148 212 142 232 Q134 250 118 246", c.base),
            ("M238 182 Q252 212 258 232 Q266 250 282 246", c.base),
            ("M186 188 Q184 220 184 244", c.shade),
            ("M214 188 Q216 220 216 244", c.shade),
        )
    )
    drawn = (
        legs
        + path("M124 138 Q120 52 200 50 Q280 52 276 138 Q274 202 200 204 Q126 202 124 138 Z", c.base, c.edge)
        + circle(154, 84, 9, c.gleam)
        + circle(178, 70, 6, c.gleam)
    )
    return (
        drawn
        + circle(174, 134, 9, INK)
        + circle(226, 134, 9, INK)
        + circle(177, 131, 3, PAPER)
        + circle(229, 131, 3, PAPER)
        + line("M188 154 Q200 164 212 154", INK, 4)
        + circle(156, 152, 9, "#e3a392")
        + circle(244, 152, 9, "#e3a392")
    )


def hedgehog(c: Paint) -> str:
    """A wooden hedgehog on wheels with a string."""
    spikes = "M96 196 L78 176 L102 172 L84 146 L110 146 L100 118 L126 124 L126 94 L150 108 L160 80 L178 102 L196 78 L206 104 L230 88 L234 116 L254 110 L250 142 Z"
    drawn = (
        line("M316 176 Q340 172 336 206 Q332 232 350 238", CLAY, 4)
        + path(spikes, c.dark, c.edge, 5)
        + path("M96 198 Q96 128 178 122 Q246 122 270 152 Q302 160 318 178 Q318 190 300 198 Z", c.base, c.edge)
        + path("M236 126 Q258 132 270 152 Q302 160 318 178 Q318 190 300 198 H226 Q208 158 236 126 Z", "#e3c59c")
    )
    drawn += (
        circle(262, 160, 6, INK)
        + circle(316, 178, 9, INK)
        + circle(226, 138, 13, "#e3c59c", c.deep, 2)
        + grain(106, 220, 146, 196, c.line, 2)
    )
    return (
        drawn
        + box(90, 196, 222, 18, 8, WOOD, WOOD_DARK)
        + "".join(circle(x, 220, 27, c.accent, c.deep) + circle(x, 220, 8, WOOD_DARK) for x in (138, 266))
    )


def balance_bike(c: Paint) -> str:
    """A children's bicycle without pedals."""
    drawn = (
        mirrored(
            circle(122, 194, 50, INK, INK_LIGHT)
            + circle(122, 194, 34, PAPER, PAPER_EDGE)
            + circle(122, 194, 8, STEEL_DARK)
        )
        + path("M122 194 L152 138", "none", STEEL_DARK, 11)
        + line("M152 138 Q204 176 254 124 M278 194 L248 96", c.edge, 19)
        + line("M152 138 Q204 176 254 124 M278 194 L248 96", c.base, 15)
    )
    return (
        drawn
        + line("M246 94 L240 76 M214 78 H262", STEEL_DARK, 8)
        + line("M210 78 H224 M256 78 H268", c.accent, 12)
        + line("M150 134 L146 114", STEEL_DARK, 9)
        + path("M118 102 Q146 96 176 106 Q178 118 166 118 H130 Q114 116 118 102 Z", c.dark, c.edge)
    )


def croquet(c: Paint) -> str:
    """A mallet, a hoop and two balls."""
    drawn = (
        path("M96 248 V170 Q96 132 128 132 Q160 132 160 170 V248", "none", STEEL_DARK, 8)
        + '<g transform="rotate(20 230 140)">'
        + box(222, 40, 16, 158, 7, WOOD, WOOD_DARK)
        + box(222, 40, 16, 38, 7, c.accent)
        + box(180, 186, 100, 48, 10, c.base, c.edge)
        + path("M196 186 H208 V234 H196 Z M252 186 H264 V234 H252 Z", c.dark)
        + "</g>"
    )
    return (
        drawn
        + circle(128, 222, 28, "#c4533f", "#8f382a")
        + circle(272, 232, 24, "#4f7fae", "#365d84")
        + line("M110 214 Q116 204 128 202", "#e09a88", 5)
        + line("M72 256 H328", "#6f8f5a", 6)
    )


def toy_shop(c: Paint) -> str:
    """A small shop with an awning."""
    drawn = (
        box(108, 112, 184, 136, 6, "#ecdcbb", WOOD_DARK)
        + box(124, 150, 82, 62, 4, GLASS, WOOD_DARK)
        + box(222, 148, 54, 100, 5, c.dark, c.edge)
        + box(232, 158, 34, 40, 3, GLASS)
        + circle(266, 212, 4, CREAM)
    )
    drawn += (
        circle(144, 198, 11, "#c4533f")
        + circle(166, 200, 10, "#e2b23f")
        + circle(186, 198, 11, "#6f8f5a")
        + box(118, 210, 94, 20, 4, WOOD, WOOD_DARK)
        + path("M112 76 H288 L308 126 H92 Z", PAPER, PAPER_EDGE)
    )
    drawn += path(
        "M112 76 H141 L128 126 H92 Z M171 76 H200 V126 H164 Z M229 76 H259 L272 126 H236 Z", c.base, c.edge, 2
    )
    return (
        drawn
        + "".join(
            path(
                f"M{92 + 36 * i} 126 h36 q0 20 -18 20 t-18 -20 Z",
                PAPER if i % 2 else c.base,
                PAPER_EDGE if i % 2 else c.edge,
                2,
            )
            for i in range(6)
        )
        + box(150, 46, 100, 26, 6, c.dark, c.edge)
        + line("M166 59 H234", CREAM, 5)
    )


def theatre(c: Paint) -> str:
    """A toy theatre with its curtains drawn back."""
    drawn = (
        box(96, 84, 208, 164, 8, WOOD, WOOD_DARK)
        + box(112, 100, 176, 120, 3, "#f4dfa9")
        + line("M176 220 V170 M226 220 V176", INK, 4)
        + path("M162 172 Q160 140 176 136 Q184 120 194 138 Q196 160 186 172 Z", INK)
        + path("M212 178 Q206 152 226 146 Q246 150 242 178 Z M226 146 L234 130 L238 150 Z", INK)
    )
    drawn += mirrored(
        path("M108 98 H170 Q162 160 120 178 Q132 200 122 222 H108 Z", c.base, c.edge)
        + line("M122 104 Q126 150 116 196 M142 104 Q142 146 124 168", c.line, 3)
        + path("M108 172 Q124 168 132 178 Q124 188 108 188 Z", c.accent)
    )
    return (
        drawn
        + path("M88 88 Q96 44 200 42 Q304 44 312 88 Z", c.dark, c.edge)
        + circle(200, 66, 11, "#e2b23f")
        + line("M112 80 H288", "#e2b23f", 3.5, "1 10")
        + box(88, 222, 224, 28, 6, WOOD_DARK)
    )


def doctor_bag(c: Paint) -> str:
    """A doctor's bag with a cross and a stethoscope."""
    drawn = (
        line("M164 100 Q164 56 200 56 Q236 56 236 100", c.limb, 10)
        + path(
            "M124 98 H276 Q312 130 312 178 V222 Q312 242 290 242 H110 Q88 242 88 222 V178 Q88 130 124 98 Z",
            c.base,
            c.edge,
        )
        + path("M262 98 H276 Q312 130 312 178 V222 Q312 242 290 242 H272 Q296 160 262 98 Z", c.shade)
    )
    drawn += (
        box(118, 90, 164, 18, 8, c.dark, c.edge)
        + box(186, 84, 28, 28, 5, STEEL, STEEL_DARK, 2)
        + circle(200, 174, 40, c.tint)
        + path("M190 148 H210 V164 H226 V184 H210 V200 H190 V184 H174 V164 H190 Z", c.deep)
    )
    return drawn + line("M118 106 Q104 160 122 206 Q132 226 146 216", INK, 5) + circle(152, 210, 11, STEEL, STEEL_DARK)


MOTIFS = {
    "down_jacket": down_jacket, "rain_boot": rain_boot, "loafer": loafer, "gooseneck_kettle": gooseneck_kettle,
    "dripper": dripper, "hand_blender": hand_blender, "charging_pad": charging_pad, "standing_desk": standing_desk,
    "shredder": shredder, "desk_mat": desk_mat, "lip_balm": lip_balm, "plush_octopus": plush_octopus,
    "hedgehog": hedgehog, "balance_bike": balance_bike, "croquet": croquet, "toy_shop": toy_shop, "theatre": theatre, "doctor_bag": doctor_bag,
}  # fmt: skip
