import { expect, test } from "vitest";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { shareMariadbServer } from "@/tests/support/shared-servers/share-mariadb-server";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const LIST_ROWS = `
from django_celery_results.models import TaskResult
for row in TaskResult.objects.order_by("id"):
    print(row.task_name, row.status)
`;

test.each([
  { set: "newest", shareServer: sharePostgresServer },
  { set: "oldest", shareServer: shareMariadbServer },
] as const)("a worker of the $set Celery writes its results to a database server", async (given) => {
  const environment = await ensurePythonEnvironment(given.set);
  const [redis, server] = await Promise.all([startRedisServer(), given.shareServer()]);
  const databaseUrl = await server.createDatabase("project");
  const project = await createTestProject({ environment, brokerUrl: redis.url, databaseUrl });
  const worker = await project.startWorker({ name: "writer", queues: ["mail"], concurrency: 1 });
  const [failed] = await project.send([
    { task: "test_project.tasks.fail", args: "(1,)", options: { queue: "mail" } },
    { task: "test_project.tasks.echo", options: { queue: "mail" } },
  ]);
  expect(failed).toMatch(/^[0-9a-f-]{36}$/);
  await waitFor(async () => (await project.run(LIST_ROWS)).includes("echo SUCCESS"));
  expect(await project.run(LIST_ROWS)).toBe(
    "test_project.tasks.fail FAILURE\ntest_project.tasks.echo SUCCESS\n",
  );
  expect(worker.output()).toContain("no such order: (1,)");
  await project.stop();
  await redis.stop();
});

test("records exactly what a task received", async () => {
  const redis = await startRedisServer();
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: redis.url });
  await project.startWorker({ name: "recorder", queues: ["orders"] });
  const [id] = await project.send([
    {
      task: "test_project.tasks.echo",
      args: "(12345678901234567890, 1.0, [True, None])",
      kwargs: "{'price': Decimal('2.50'), 'who': {'name': 'Zoë'}}",
      options: { queue: "orders" },
    },
  ]);
  const [call] = await waitFor(() =>
    project.listRecordedCalls().length > 0 ? project.listRecordedCalls() : null,
  );
  expect(call).toMatchObject({ id, queue: "orders", retries: 0, task: "test_project.tasks.echo" });
  expect(call?.args).toEqual([
    { type: "int", value: "12345678901234567890" },
    { type: "float", value: "1.0" },
    {
      type: "list",
      value: [
        { type: "bool", value: "True" },
        { type: "None", value: null },
      ],
    },
  ]);
  expect(call?.kwargs).toEqual([
    ["price", { type: "Decimal", value: "Decimal('2.50')" }],
    [
      "who",
      {
        type: "dict",
        value: [
          [
            { type: "str", value: "name" },
            { type: "str", value: "Zoë" },
          ],
        ],
      },
    ],
  ]);
  await project.stop();
  await redis.stop();
});
