"""The words of headings: units that count, words for front and back matter, look-alikes.

Source: collected headings of Chinese web novels, e-texts and scans, in both scripts.
"""

from builder.core.book import Role

# How high a unit stands: 部 holds 卷, 卷 holds 篇, 篇 holds 章, 章 holds 节. A book may turn
# 部, 卷 and 篇 round; levels.py learns that from the book.
PART, VOLUME, DIVISION, CHAPTER, SUBCHAPTER = range(5)
RANKS = {
    "部": PART, "卷": VOLUME, "集": VOLUME, "册": VOLUME, "冊": VOLUME, "季": VOLUME,
    "篇": DIVISION, "编": DIVISION, "編": DIVISION, "辑": DIVISION, "輯": DIVISION,
    "章": CHAPTER, "回": CHAPTER, "话": CHAPTER, "話": CHAPTER, "折": CHAPTER, "幕": CHAPTER,
    "节": SUBCHAPTER, "節": SUBCHAPTER, "场": SUBCHAPTER, "場": SUBCHAPTER,
}  # fmt: skip
SIMPLIFIED_UNITS = {"冊": "册", "編": "编", "輯": "辑", "話": "话", "節": "节", "場": "场"}
ENGLISH_RANKS = {"volume": VOLUME, "vol": VOLUME, "part": PART, "book": VOLUME, "chapter": CHAPTER,
                 "ch": CHAPTER, "ep": CHAPTER, "episode": CHAPTER, "no": CHAPTER,
                 "section": SUBCHAPTER}  # fmt: skip

# What turns 第三部 into 第三部队: the word goes on.
CONTINUATIONS = {
    "部": "队隊分门門件署落長长族位下属屬委级級曲电電作影片手", "节": "课課目日点奏车車",
    "節": "課目日點奏車", "回": "合到来來去见見听聽", "场": "雪雨比赛战演戏景大小", "場": "雪雨比賽戰演戲景大小",
    "集": "团團体體中合市", "篇": "章文小论論", "章": "节節程", "卷": "子宗", "季": "度节節",
    "话": "题題说說", "話": "題說", "册": "子书書", "冊": "子書", "幕": "后後布", "折": "扣磨",
    "编": "号辑制", "編": "號輯制",
}  # fmt: skip

# 12个人, 30年后: what a number counts in a sentence.
MEASURES = frozenset(
    "年月日号號时時点點分秒岁歲个個人名位只隻条條张張块塊元万萬千百亿億米里斤公吨噸层層楼樓次天周週届屆世度倍"
    "章节節回卷部集册冊话話季场場幕折篇路班比多余餘几幾两兩把件本封杯口家间間件种種样樣片辆輛架艘匹头頭双雙级級页頁"
)

PREFACE_ROLES: dict[str, Role] = {
    "序": "preface", "序言": "preface", "自序": "preface", "代序": "preface", "总序": "preface",
    "總序": "preface", "原序": "preface", "小序": "preface", "序文": "preface", "序曲": "prologue",
    "前言": "foreword", "写在前面": "foreword", "作者自序": "preface", "作者序": "preface", "译者序": "preface",
    "譯者序": "preface", "译序": "preface", "譯序": "preface", "再版序": "preface", "编者按": "foreword",
    "編者按": "foreword", "出版说明": "foreword", "出版說明": "foreword", "寫在前面": "foreword", "卷首语": "foreword",
    "卷首語": "foreword", "开场白": "foreword", "引言": "introduction", "导言": "introduction",
    "導言": "introduction", "导读": "introduction", "導讀": "introduction", "凡例": "introduction",
    "绪论": "introduction", "緒論": "introduction", "题记": "epigraph", "題記": "epigraph",
    "题词": "epigraph", "題詞": "epigraph", "献词": "dedication", "獻詞": "dedication",
    "简介": "abstract", "簡介": "abstract", "内容简介": "abstract", "內容簡介": "abstract",
    "作品简介": "abstract", "作品簡介": "abstract", "内容提要": "abstract", "內容提要": "abstract",
    "文案": "abstract", "楔子": "prologue", "引子": "prologue", "序章": "prologue", "序幕": "prologue",
    "序篇": "prologue", "开篇": "prologue", "開篇": "prologue", "缘起": "prologue", "緣起": "prologue",
    "prologue": "prologue", "preface": "preface", "foreword": "foreword",
    "introduction": "introduction",
}  # fmt: skip
AFTERWORD_ROLES: dict[str, Role] = {
    "尾声": "epilogue", "尾聲": "epilogue", "终章": "epilogue", "終章": "epilogue",
    "终曲": "epilogue", "終曲": "epilogue", "最终章": "epilogue", "最終章": "epilogue",
    "大结局": "conclusion", "大結局": "conclusion", "结语": "conclusion", "結語": "conclusion",
    "结局": "conclusion", "結局": "conclusion",
    "后记": "afterword", "後記": "afterword", "跋": "afterword", "后序": "afterword",
    "後序": "afterword", "跋语": "afterword", "附记": "afterword", "附記": "afterword",
    "完本感言": "afterword", "完结感言": "afterword", "完結感言": "afterword", "感言": "afterword",
    "全书完感言": "afterword", "全書完感言": "afterword", "完稿感言": "afterword",
    "卷末感言": "afterword", "本卷感言": "afterword", "卷终感言": "afterword", "卷終感言": "afterword",
    "新书感言": "afterword", "新書感言": "afterword", "结束语": "conclusion", "結束語": "conclusion",
    "作者后记": "afterword", "作者後記": "afterword", "作者的话": "afterword", "作者的話": "afterword",
    "作者有话说": "afterword", "作者有話說": "afterword", "作者有话要说": "afterword",
    "作者有話要說": "afterword", "作者寄语": "afterword", "作者寄語": "afterword",
    "上架感言": "afterword", "写在最后": "afterword", "寫在最後": "afterword",
    "写在后面": "afterword", "寫在後面": "afterword", "编后记": "afterword", "編後記": "afterword",
    "译后记": "afterword", "譯後記": "afterword",
    "附录": "appendix", "附錄": "appendix",
    "致谢": "acknowledgments", "致謝": "acknowledgments", "鸣谢": "acknowledgments",
    "鳴謝": "acknowledgments",
    "番外": "bonus", "番外篇": "bonus", "外传": "bonus", "外傳": "bonus", "特别篇": "bonus",
    "特別篇": "bonus", "小剧场": "bonus", "小劇場": "bonus", "后日谈": "bonus", "後日談": "bonus",
    "epilogue": "epilogue", "afterword": "afterword", "appendix": "appendix",
    "acknowledgments": "acknowledgments", "acknowledgements": "acknowledgments",
}  # fmt: skip
MATTER_ROLES = PREFACE_ROLES | AFTERWORD_ROLES
FRONT_ROLES = frozenset(PREFACE_ROLES.values())
BACK_ROLES = frozenset(AFTERWORD_ROLES.values())
