// Writes countries.tsv and firstnames.txt. In an empty folder:
//
//	npm install i18n-nationality@1.4.0 countries-list@3.4.1 @faker-js/faker@10.6.0 && node generate.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { countries } from "countries-list";
import { allLocales } from "@faker-js/faker";

const nationalities = JSON.parse(readFileSync("node_modules/i18n-nationality/langs/en.json")).nationalities;
const uninhabited = new Set("AC AQ BQ BV CC CX GS HM IO NF SJ TA TF UM WF TK AX".split(" "));
// Their capitals say nothing for a government abroad, and read like surnames ("Hamilton", "Douglas").
const dependent = new Set(
  "AI AS AW BM CK CW EH FK FO GF GG GI GL GP GU HK IM JE KY MF BL MO MP MQ MS NC NU PF PM PR RE SH SX TC VG VI YT".split(" "),
);
const noAdjective = /[(,]|Islands|^Welsh$|Antiguans| - | or |Surinamer|New Zealander|Luxembourger|Liechtensteiner/;

const rows = Object.entries(countries)
  .filter(([code, c]) => !uninhabited.has(code) && !c.partOf)
  .map(([code, c]) => {
    const given = nationalities[code] ?? "";
    const adjective = given === c.name || noAdjective.test(given) ? "" : given;
    return [c.name, adjective, dependent.has(code) || c.capital === c.name ? "" : c.capital].join("\t");
  });
writeFileSync("countries.tsv", `# Name, adjective, capital. Sources: countries-list 3.4.1 and i18n-nationality 1.4.0 (both MIT); written by generate.mjs.
${rows.join("\n")}
`);

const locales = "en en_IN tr en_NG id_ID fr de es it nl en_ZA uz_UZ_latin az sv da pl pt_BR ro hr".split(" ");
const fold = (s) => s.normalize("NFD").replace(/[\p{M}ʻ’']/gu, "").toLowerCase().replaceAll("ı", "i");
const counts = new Map();
for (const locale of locales)
  for (const gender of ["female", "male"])
    for (const name of allLocales[locale].person.first_name[gender] ?? []) {
      const key = fold(name);
      if (!/^[a-z]{2,}$/.test(key)) continue;
      const count = counts.get(key) ?? { female: 0, male: 0 };
      count[gender]++;
      counts.set(key, count);
    }
const groups = { she: [], he: [], either: [] };
for (const [name, { female, male }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  groups[female > 3 * male ? "she" : male > 3 * female ? "he" : "either"].push(name);
const wrap = (names) => names.join(" ").replace(/(.{1,118})(?: |$)/g, "$1\n");
writeFileSync("firstnames.txt", `# First names, folded. Source: @faker-js/faker 10.6.0 (MIT), its locales in Latin script; written by generate.mjs.
${Object.entries(groups).map(([group, names]) => `\n[${group}]\n${wrap(names)}`).join("")}`);
