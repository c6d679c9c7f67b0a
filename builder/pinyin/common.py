"""Which characters every reader knows.

The first level of GB 2312-80 is 3,755 characters, chosen by how often they are used; they make
up 99.2 % of modern prose (counted in jieba's table of word frequencies). It is of 1980 and of
print, so characters of talk, of food and clothes, of well-known animals, plants and given
names are missing: those are listed here.
"""

from builder.pinyin.han import is_han

_FIRST_ROW, _LAST_ROW = 0xB0, 0xD7
_FIRST_CELL, _LAST_CELL = 0xA1, 0xFE
_CELLS_OF_LAST_ROW = 0xF9

_FAMILIAR = (
    "嗯喃叩嗤噗嗷啷哧噜唧呜啪嘀嗒嗓嗦啰喵喽嘟嚓咦哎哟哼呃咚叨叽呗咧噔咪咯唠嘞呦噢嘿咔呸嗖咳"
    "喔嘻哩嘛嗨咋嗡吱哗咕噪噼嘎嗝哽咀嚏啾唔咛嘱呲哆嗲"
    "妃朕叟阙兮芙禅匾浣厮鳍卦粑寰镖沐婢潇窦薇睿逍遥琦瑜璇祺馨尴尬驿楠焖徙魅孢酯妯娌怦蓦嵩煨炖"
    "橘狩梵弩蛟筝黛拗蟠枭殡踱馍莺潦倏岚箫瑟琵琶蜻蜓蜥蜴蚯蚓螳螂蝙蝠蟋蟀蟑蟾蜍鹦鹉鹌鹑麒麟骷髅"
    "邋遢疙瘩唢呐胭橄榄柠檬榴茉莉玫瑰菠芝麻蔷薯蜈蚣绾踵咄滕侃轶鬓炫淇稷雯珊珑玲璐瑶瑾琳琪璃琥珀"
    "珞昕晟晗晖烨炜煜熠霆霖霏翊翎翩跹皓铭锐铮锵鑫淼焱垚茗菁萱蓉莲蕾薰苓茵茜荷菲萌蒂"
    "裘袄袜裤裆裙衩衫褂袍袱髦髻簪钗镯坠钏簸箕筷勺碟盏樽酪酥馄饨饺饽馒烩焗卤涮炒煎炸煲"
    "猕猴狒狒狐狸獾鼬鼹猩豚鲨鲸鳗鲈鳕鲑虾蟹蚌蛤蜊蚝螺鹭鹤鹳鹬鸠鸢鹫鸮鹏鹰隼鸽鹂鹃"
    "您俺咱啥甭仨俩嫂婶姨姥姑舅爹娘孙婿媳"
)


def _first_level() -> str:
    """The characters of the first level of GB 2312, in its own order."""
    return "".join(
        bytes((row, cell)).decode("gb2312")
        for row in range(_FIRST_ROW, _LAST_ROW + 1)
        for cell in range(_FIRST_CELL, _LAST_CELL + 1)
        if row < _LAST_ROW or cell <= _CELLS_OF_LAST_ROW
    )


COMMON = frozenset(_first_level()) | frozenset(_FAMILIAR)


def rare_in(text: str) -> frozenset[str]:
    """The Han characters of `text` that not every reader knows."""
    return frozenset(filter(is_han, frozenset(text) - COMMON))
