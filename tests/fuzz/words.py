"""What the languages of our inputs are made of: words that a mutation puts where they hurt."""

from builder.core import config
from tests.fuzz.strategies import FRAGMENTS

# Stands for the path of a file outside the book, whose text must be in no book.
CANARY = b"@CANARY@"

TEXT = tuple(fragment.encode("utf-8", "surrogatepass") for fragment in FRAGMENTS)

BYTES = (
    b"\xff", b"\x80", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x81\x30", b"\x81\x30\x81\x30",
    b"\xa3\xe1", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x00\xd8", b"\xd8\x00", b"~{",
    b"~}", b"~\n", b"\x1b$B", b"\x00", b"\x1a", b"\xe3\x80", b"\x85", b"\xe2\x80\xa8",
)  # fmt: skip

HTML = (
    b"<p>", b"</p>", b"<br>", b"<div>", b"</div>", b"<span>", b"<b>", b"<i>", b"<ruby>\xe5\xad\x97<rt>z</rt></ruby>",
    b"<table><tr><td>", b"</td></tr></table>", b"<ul><li>", b"</ul>", b"<ol start=99999999999999999999>", b"<blockquote>",
    b"<pre>", b"<h1>", b"</h1>", b"<h6>", b"<a href='#n1'>", b"<a id=n1>", b"</a>", b"<img src='a.png'>",
    b"<img src='file:///etc/passwd'>", b"<img src='" + CANARY + b"'>", b"<img src='../secret/canary.txt'>",
    b"<img src='http://127.0.0.1:9/x.png'>", b"<svg><script>1</script></svg>", b"<svg>", b"</svg>", b"<math>",
    b"<script>", b"</script>", b"<style>p{}", b"</style>", b"<title>", b"<textarea>", b"<noscript>", b"<template>",
    b"<iframe src=x>", b"<object data=x>", b"<base href='http://127.0.0.1/'>", b"<meta charset=gbk>",
    b"<meta http-equiv=refresh content=0>", b"<!--", b"-->", b"--!>", b"<!DOCTYPE html>", b"<![CDATA[", b"]]>", b"<?", b"?>",
    b"<!ENTITY x SYSTEM 'file://" + CANARY + b"'>", b"&x;", b"&nbsp;", b"&#0;", b"&#xD800;", b"&#x110000;", b"&#99999999999999999999;",
    b"&amp;amp;", b"<p", b"=\"", b"='", b"<p id=\"\">", b"<a><a>", b"<section epub:type='footnote' id='f'>",
    b"<aside epub:type='footnote'>", b"<sup>", b"<em><strong>", b"<hr/>", b"</", b"<!", b"\x0c",
)  # fmt: skip

MARKDOWN = (
    b"# ", b"###### ", b"> ", b"- ", b"1. ", b"99999999999999999999. ", b"```\n", b"~~~\n", b"`", b"``", b"**", b"*", b"_", b"__",
    b"[", b"]", b"](", b")", b"![", b"![a](a.png)", b"![a](" + CANARY + b")", b"[^1]", b"[^1]: ", b"[a]: b\n", b"|", b"|-|\n", b"\n\n",
    b"    ", b"\t", b"\\", b"<!--", b"<div>\n", b"---\n", b"===\n", b"+++\n", b"title: x\n", b"&copy;", b"<http://127.0.0.1>", b"  \n",
    b"*a_", b"[a](b \"c", b"![[", b"***", b"<br>",
)  # fmt: skip

XML = (
    b"<?xml version='1.0' encoding='gbk'?>", b"<?xml version='1.1' encoding='utf-16'?>",
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file://" + CANARY + b"'>]>", b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>",
    b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>",
    b"<!ENTITY % p SYSTEM 'file://" + CANARY + b"'> %p;", b"&x;", b"&c;", b"<xi:include href='file://" + CANARY + b"' parse='text'/>",
    b"<item id='a' href='../../secret/canary.txt' media-type='application/xhtml+xml'/>", b"<itemref idref='a'/>",
    b"<item id='a' href='%2e%2e/%00' media-type='x'/>", b"<spine>", b"</spine>", b"<manifest>", b"</manifest>", b"<dc:title>", b"</dc:title>",
    b"<dc:creator opf:file-as=''>", b"<meta name='cover' content='a'/>", b"<navPoint>", b"</navPoint>", b"<content src='a.xhtml#x'/>",
    b"<nav epub:type='toc'><ol><li>", b"xmlns=''", b"full-path='../x'", b"href=''", b"idref='a'", b"linear='no'", b"page-progression-direction='rtl'",
)  # fmt: skip

_SETTINGS = tuple(
    f"{key} = ".encode()
    for table in ("BookConfig", "SourceConfig", "NormalizeConfig", "StructureConfig", "ConvertConfig", "TypographyConfig",
                  "CoverConfig", "EpubConfig", "PdfConfig", "CheckConfig", "OutputConfig", "MailConfig")
    for key in getattr(config, table).__dataclass_fields__
)  # fmt: skip
TOML = (
    *_SETTINGS, b"[book]\n", b"[source]\n", b"[normalize]\n", b"[structure]\n", b"[convert]\n", b"[typography]\n", b"[cover]\n", b"[epub]\n",
    b"[pdf]\n", b"[check]\n", b"[output]\n", b"[mail]\n", b"[[rule]]\n", b"[[book]]\n", b"[book.series]\n", b"[a.b.c]\n", b"true", b"false",
    b"0", b"-1", b"1e308", b"nan", b"inf", b"-inf", b"9223372036854775808", b"1" * 5000, b"0x" + b"f" * 300, b"1979-05-27", b"07:32:00",
    b"1979-13-99", b"'", b'"', b"'''", b'"""', b"[", b"]", b"{", b"}", b"[[", b"]]", b"{ a = {", b"= = =", b"#", b"\n", b"\r", b"\\u0000", b"\\ud800",
    b'"\\u0000"', b'"../../x"', b'"/etc/passwd"', b'"' + CANARY + b'"', b'"../secret/canary.txt"', b'["**/*"]', b'["*"]', b'["../**"]',
    b'""', b'"zh-Hant-TW"', b'"zh"', b'"A5"', b'"0mm"', b'"-5mm"', b'"1e9mm"', b'"99999999999mm"', b'"100000mm x 100000mm"',
    b"[0, 0, 0]", b'["epub", "txt", "md"]', b'"minimal"', b'"thorough"', b'"vertical"', b'"none"', b'"volume"', b'"all"', b'"\xe7\xac\xac{n}\xe7\xab\xa0{t}"',
    b"{ level = \"chapter\", pattern = \"{n}{t}\" }", b"{ code = \"N001\", reason = \"x\" }", b"{ name = \"x\", role = \"aut\" }",
)  # fmt: skip

PLANS = (
    b"chapter  ", b"volume  ", b"part  ", b"section  ", b"division  ", b"preface  ", b"front  ", b"back  ", b" @ ", b"@", b":0", b":1", b":99999999999999999999",
    b":-1", b"01.txt:1", b"01.txt:3", b"../secret/canary.txt:1", b"\t", b"    ", b"\n", b"# ", b"\xe3\x80\x80", b"\xe7\xac\xac\xe4\xb8\x80\xe7\xab\xa0",
    b"U001\tlossy\tliteral\t", b"U001\tsafe\tpattern\t", b"U002\tjudgement\tpattern\t(a|a)*b\tc\n", b".*", b"(?:a{1,9}){1,9}", b"(?P<x>", b"\\1", b"[^",
    b"[[rule]]\n", b"code = 'U001'\n", b"find = ''\n", b"pattern = '(.{1,9}){1,9}'\n", b"replace = '\\g<9>'\n", b"kind = 'safe'\n",
)  # fmt: skip

CSS = (
    b"@import url('" + CANARY + b"');", b"@import 'http://127.0.0.1:9/a.css';", b"@font-face{font-family:x;src:url(a.ttf)}", b"url(", b")", b"url(a.png)",
    b"url('../secret/canary.txt')", b"url(data:image/svg+xml,<svg/>)", b"@media print{", b"}", b"{", b"@page{size:1e9mm}", b"@page{size:0}", b"@page :left{margin:-9in}",
    b"@charset \"gbk\";", b"/*", b"*/", b"<!--", b"-->", b"\\", b"\\0 ", b"\\110000 ", b"calc(1px * 1e308)", b"var(--x)", b"--x:var(--x);", b"p{", b"*{", b":is(" * 20,
    b"::before{content:attr(x)}", b"font-size:0;", b"font-size:1e9pt;", b"line-height:-1;", b"display:none;", b"float:left;", b"columns:9;", b"position:running(a);", b"!important",
    b"background:url(a.svg);", b"counter-increment:x 2147483648;", b"width:1e30px;", b"transform:scale(1e9);", b"content:\"\xe5\xad\x97\";", b"@namespace x 'y';", b"@supports(a:b){",
)  # fmt: skip

SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='100000' height='100000'>", b"<svg viewBox='0 0 0 0'>", b"</svg>", b"<rect width='1e9' height='1e9'/>",
    b"<image href='" + CANARY + b"'/>", b"<image href='http://127.0.0.1:9/a.png'/>", b"<use href='#a'/>", b"<g id='a'>", b"<g>", b"</g>", b"<script>", b"onload='x()'",
    b"<foreignObject>", b"<style>@import url(x);</style>", b"<text>", b"<filter id='f'><feTurbulence/></filter>", b"filter='url(#f)'", b"<path d='M0 0", b"L1e308 1e308", b"z'/>",
    b"<pattern id='p' width='0.0001' height='0.0001'>", b"fill='url(#p)'", b"transform='scale(1e9)'", b"<animate/>", b"style='fill:url(http://127.0.0.1/)'", b"xlink:href='data:image/png;base64,AAAA'",
    b"<mask id='m' mask='url(#m)'>", b"<linearGradient id='l' href='#l'/>", b"viewBox='0 0 1e308 nan'", b"width='-1'", b"stroke-dasharray='0.0001'",
)  # fmt: skip

NUMBERS = (
    b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x01\x86\xa0", b"\xa0\x86\x01\x00", b"IHDR", b"IDAT", b"IEND", b"acTL", b"zTXt", b"iCCP",
    b"\xff\xd8\xff\xe0", b"\xff\xe1", b"Exif\0\0", b"\xff\xda", b"\xff\xd9", b"GIF89a", b"\x21\xf9\x04", b"\x2c\0\0\0\0\xff\xff\xff\xff", b"RIFF", b"WEBPVP8X", b"II*\0", b"MM\0*", b"BM",
    b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04", b"PK\x06\x06", b"..", b"/", b"\\",
)  # fmt: skip
