#!/usr/bin/env python3
"""Converts the statutes a small court case cites into Sources/Suggestions/Data/statutes.json, once.

usage: convert_statutes.py laws-current.jsonl.gz [OUT]
The texts are official normative texts (Copyright Law art. 5); the collection is github.com/ImCa0/just-laws (MIT).
"""
import gzip, json, sys

LAWS = ["中华人民共和国民法典", "中华人民共和国民事诉讼法", "中华人民共和国消费者权益保护法", "中华人民共和国电子商务法",
        "中华人民共和国产品质量法", "中华人民共和国食品安全法", "中华人民共和国电子签名法", "中华人民共和国个人信息保护法"]

source = sys.argv[1]
out = sys.argv[2] if len(sys.argv) > 2 else "Sources/Suggestions/Data/statutes.json"
articles = []
with gzip.open(source, "rt", encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        if record["law"] in LAWS and not record.get("effective_from"):
            articles.append({"law": record["law"], "number": record["no"], "path": record["path"], "text": record["text"]})
document = {"source": "github.com/ImCa0/just-laws (MIT), official texts in force July 2026", "articles": articles}
with open(out, "w", encoding="utf-8") as file:
    json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
print(len(articles), "articles")
