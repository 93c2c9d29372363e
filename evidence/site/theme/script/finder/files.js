// The selection as a file. The rules are those of evidence/data/export.py: raw values, a byte order mark, no formulas.

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\n\r]/;

function cell(value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Return records as rows with a column for each facet: labels, several separated by semicolons. */
export function tableOf(records, facets, addressOf) {
  const shown = [...facets].filter(
    ([id]) => id !== "kind" && records.some((one) => one.has[id]?.length),
  );
  return records.map((record) => {
    const row = { kind: record.kindName, id: record.id, record: record.title };
    row.value = record.value ?? null;
    row.unit = record.unit ?? null;
    for (const [id, { name, labels }] of shown) {
      row[name] = (record.has[id] ?? []).map((code) => labels.get(code)).join("; ") || null;
    }
    row.where = record.brief || null;
    row.address = addressOf(`${record.page}#${record.anchor}`);
    return row;
  });
}

export function csvOf(rows) {
  const heads = Object.keys(rows[0] ?? {});
  const lines = [heads, ...rows.map((row) => heads.map((head) => row[head]))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\n")}\n`;
}

export function jsonOf(rows, about) {
  return `${JSON.stringify({ ...about, rows }, null, 1)}\n`;
}
