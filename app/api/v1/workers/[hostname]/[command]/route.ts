import { z } from "zod";
import { commandWorker } from "@/lib/control/command-worker";
import { route } from "@/lib/http/route";
import { noteOnCommand } from "@/lib/views/command-note";
import { readCommandCall, readCommandName } from "@/lib/views/worker-command";

const options = { body: z.unknown(), mayLackBody: true };

export const POST = route(options, async ({ params, body, actor, services }) => {
  const command = readCommandName(params.command ?? "");
  const call = readCommandCall(command, body);
  const { store, settings } = services;
  const reply = await commandWorker(
    { store, broker: services.broker(), redact: settings.CELERIAC_REDACT },
    { hostname: params.hostname ?? "", actor: actor.name, action: command, request: body, call },
  );
  return { reply, note: noteOnCommand(command, reply) };
});
