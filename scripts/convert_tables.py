#!/usr/bin/env python3
"""Converts the dated law tables from YAML into the JSON that ProcedureTables carries.

usage: convert_tables.py FOLDER_OF_YAML [OUTPUT_FOLDER]

Run by hand when a table changes; the result is committed. Fractions stay decimal text (never a binary float), sources
and `confirmed` marks are kept, each printed `article` gets its stable ids beside it as `article_ids`, and each cause
gets the initials of its pinyin from pinyin_initials.json, a small table kept in the output folder.
Needs PyYAML.
"""

import json
import re
import sys
from pathlib import Path

import yaml

TABLES = ["deadlines", "holidays", "fees", "case_numbers", "causes", "courts", "jurisdiction", "small_claims", "simplified"]

# How the tables print an instrument, and the id it has in Procedure (Law/Article.swift).
INSTRUMENTS = {
    "民诉法": "CPL2023",
    "民诉法解释": "INT2022",
    "民法典": "CIV2021",
    "行政诉讼法": "ALL2017",
    "法释〔2018〕1号": "ALI2018",
    "反家庭暴力法": "DVL2016",
    "劳动争议调解仲裁法": "LAB2008",
    "国务院令第481号": "FEE2007",
    "法释〔2000〕29号": "LIM2000",
    "法释〔2018〕9号（2019修正）": "EXT2019",
    "法释〔2019〕19号": "EVD2019",
    "法释〔2003〕15号（2020修正）": "SIM2020",
    "法释〔2004〕12号（2020修正）": "MED2020",
    "法释〔2004〕13号": "MAIL2004",
    "法释〔2015〕8号": "DOC2015",
    "法释〔2018〕16号": "IC2018",
    "法释〔2025〕14号": "IC2025",
    "法释〔2021〕12号": "OLR2021",
    "法释〔2021〕23号": "OMR2021",
    "法释〔2016〕14号": "INV2016",
    "法释〔2011〕5号": "CFM2011",
    "法释〔2009〕17号（2020修正）": "LEV2020",
    "法释〔2016〕22号（2020修正）": "PRES2020",
    "法释〔1998〕15号（2020修正）": "ENF2020",
    "法释〔2008〕13号（2020修正）": "ENI2020",
    "法释〔2017〕8号（2020修正）": "AST2020",
    "法释〔2015〕10号（2020修正）": "OBJ2020",
    "法释〔2016〕3号": "TER2016",
    "法释〔2016〕18号": "AUC2016",
    "法释〔2017〕7号": "DIS2017",
    "法释〔2018〕4号": "GUA2018",
    "法释〔2025〕10号": "EOS2025",
    "法释〔2025〕15号": "AGR2025",
    "法释〔2022〕13号": "IPJ2022",
    "法释〔2016〕19号": "PUB2016",
    "法发〔2006〕35号": "ETL2006",
    "法〔2016〕373号": "CCR2016",
}


class DecimalLoader(yaml.SafeLoader):
    """Reads a fraction as the text that stands in the file."""


DecimalLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: node.value)
# A date stays text too.
DecimalLoader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def article_ids(printed):
    """The stable ids of what is printed; an instrument without a number stays as printed.

    >>> article_ids("民诉法解释 第138、139条；法释〔2019〕19号 第55条")
    ['INT2022:138', 'INT2022:139', 'EVD2019:55']
    """
    texts = printed if isinstance(printed, list) else [printed]
    found = []
    for text in texts:
        for part in re.split(r"[;；]\s*", str(text)):
            match = re.fullmatch(r"(\S+) 第([\d、-]+)条.*", part.strip())
            if match and match[1] in INSTRUMENTS:
                found += [f"{INSTRUMENTS[match[1]]}:{number}" for number in match[2].split("、")]
            else:
                found.append(part.strip())
    return found


def with_ids(value):
    if isinstance(value, dict):
        result = {}
        for key, inner in value.items():
            result[str(key)] = with_ids(inner)
            if key == "article" and inner:
                result["article_ids"] = article_ids(inner)
        return result
    if isinstance(value, list):
        return [with_ids(inner) for inner in value]
    return value


def initials(name, pinyin):
    """The first letters of a name in pinyin, without the marks between words; phrases first, for what has two readings."""
    for phrase, letters in pinyin["phrases"].items():
        name = name.replace(phrase, letters)
    return "".join(c if c.isascii() else pinyin["initials"].get(c, "") for c in name)


def add_initials(value, pinyin):
    if isinstance(value, dict):
        if "id" in value and "second_source" in value:
            value["pinyin"] = initials(value["name"], pinyin)
        for inner in value.values():
            add_initials(inner, pinyin)
    elif isinstance(value, list):
        for inner in value:
            add_initials(inner, pinyin)


def drop_english(value):
    """The English names of all causes stand in cause_names_en.json, and only there."""
    if isinstance(value, dict):
        value.pop("name_en", None)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            drop_english(inner)


def write(path, table):
    """One row to a line, so that a change of one row reads as one in a diff."""
    lines = []
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parent.parent / "Procedure/Tables/Data"
    pinyin = json.loads((output / "pinyin_initials.json").read_text(encoding="utf-8"))
    for name in TABLES:
        with open(source / f"{name}.yaml", encoding="utf-8") as file:
            table = with_ids(yaml.load(file, Loader=DecimalLoader))
        if name == "causes":
            add_initials(table["level1"], pinyin)
            drop_english(table["level1"])
        write(output / f"{name}.json", table)
        print(f"{name}.json")
    words = json.loads((output / "lay_words.json").read_text(encoding="utf-8"))
    for entry in words["entries"]:
        entry["pinyin"] = [initials(word, pinyin) for word in entry["zh"]]
    write(output / "lay_words.json", words)


if __name__ == "__main__":
    main()
