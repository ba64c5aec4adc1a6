import { describe, expect, test } from "vitest";
import { openResultBackend } from "@/lib/backend/open-result-backend";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { runCommand } from "@/tests/support/run-command";
import { shareMariadbServer } from "@/tests/support/shared-servers/share-mariadb-server";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { waitFor } from "@/tests/support/wait-for";

/** Make an empty database; return its URL as Celery's result_backend. */
const CREATE_DATABASE = {
  postgresql: async () => {
    const url = await (await sharePostgresServer()).createDatabase("celery");
    return url.replace(/^postgresql:/, "db+postgresql+psycopg:");
  },
  mysql: async () => {
    const url = await (await shareMariadbServer()).createDatabase("celery");
    return url.replace(/^mysql:/, "db+mysql+pymysql:");
  },
};

/** Has Celery itself store two results, one with `result_serializer` pickle. */
const STORE = `
import sys
from celery import Celery
from celery.app.task import Context

for task_id, serializer in (("json-1", "json"), ("Pickle-1", "pickle")):
    app = Celery("x", backend=sys.argv[1])
    app.conf.update(result_extended=True, result_serializer=serializer)
    request = Context(task="shop.send", args=[1, [2, [3, [4]]], "x" * 3000], kwargs={"k": None}, hostname="a@b", retries=0)
    app.backend.store_result(task_id, ValueError("boom"), "FAILURE", traceback="Traceback", request=request)
`;

describe.each(["postgresql", "mysql"] as const)("Celery's own tables on %s", (provider) => {
  test("say what is missing before Celery made them, and give real args afterwards", async () => {
    const url = await CREATE_DATABASE[provider]();
    const backend = openResultBackend(url);
    await expect(backend.listArgs(["json-1"])).rejects.toMatchObject({
      code: "results_unavailable",
      message: expect.stringMatching(
        /^Celery's result table can't be read: The database has no table celery_taskmeta\..*CELERIAC_RESULT_BACKEND_URL says where\.$/,
      ),
    });
    const { python } = await ensurePythonEnvironment("newest");
    await runCommand(python, ["-c", STORE, url]);
    const found = await waitFor(() => backend.listArgs(["json-1", "Pickle-1", "pickle-1"]));
    expect([...found.keys()].sort()).toEqual(["Pickle-1", "json-1"]);
    for (const call of found.values()) {
      expect(call).toMatchObject({ source: "database-backend", name: "shop.send" });
      expect([call.args.class, call.kwargs.class]).toEqual(["exact", "exact"]);
      expect(call.args.value && writeWireJson(call.args.value)).toBe(
        `[1, [2, [3, [4]]], "${"x".repeat(3_000)}"]`,
      );
      expect(call.kwargs.text).toBe('{"k": null}');
    }
    expect(backend.getStatus()).toMatchObject({ connected: true, url: expect.not.stringContaining(":@") });
    await backend.close();
  });
});
