import { createResponse } from "better-sse";
import { route } from "@/lib/http/route";
import { LiveFeed } from "@/lib/live/live-feed";
import { createLogger } from "@/lib/logger";
import { singleton } from "@/lib/singleton";

const COMMENT_EVERY_MS = 15_000;

export const GET = route({}, async ({ request, services }) => {
  const feed = singleton("live-feed", () => new LiveFeed(services.store, createLogger("live")));
  return createResponse(request, { keepAlive: COMMENT_EVERY_MS }, (session) => feed.register(session));
});
