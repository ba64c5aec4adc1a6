import type { Admin } from "./start-admin";

/** Nobody waits longer for a page; nor does Node's own client for the beginning of an answer. */
export const ADMIN_PATIENCE_MS = 240_000;

/** The admin's changelist with a query; throws where it doesn't answer with one, a TimeoutError after four minutes. */
export async function readAdminList(admin: Admin, query: string): Promise<string> {
  const response = await fetch(`${admin.listUrl}?${query}`, {
    headers: admin.headers,
    redirect: "manual",
    signal: AbortSignal.timeout(ADMIN_PATIENCE_MS),
  });
  const html = await response.text();
  if (response.status !== 200 || !html.includes('id="changelist"')) {
    throw new Error(`the admin answered ${response.status} to ?${query}: ${html.slice(0, 300)}`);
  }
  return html;
}

/** How many rows a changelist says there are, and how many it shows. */
export function readAdminCounts(html: string): { readonly total: number; readonly shown: number } {
  const total = /([\d,]+) task results?\b/.exec(html.slice(html.indexOf('class="paginator"')))?.[1] ?? "0";
  return {
    total: Number(total.replaceAll(",", "")),
    shown: html.split('class="action-select"').length - 1,
  };
}
