/**
 * Reads the number of rows that a database guesses, out of what it explains of a statement; null where it tells none.
 * PostgreSQL answers with a plan as JSON, MySQL with a row a table.
 */
export function readEstimate(rows: readonly Readonly<Record<string, unknown>>[]): number | null {
  const [row] = rows;
  if (row === undefined) return null;
  const plan = row["QUERY PLAN"];
  if (plan !== undefined) return readPlan(typeof plan === "string" ? JSON.parse(plan) : plan);
  if (row.rows === null || row.rows === undefined) return null;
  const estimate = Math.round((Number(row.rows) * Number(row.filtered ?? 100)) / 100);
  return Number.isFinite(estimate) ? estimate : null;
}

function readPlan(plan: unknown): number | null {
  const [first] = Array.isArray(plan) ? plan : [plan];
  const rows: unknown = first?.Plan?.["Plan Rows"];
  return typeof rows === "number" ? rows : null;
}
