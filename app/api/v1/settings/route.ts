import { route } from "@/lib/http/route";
import { viewSettings } from "@/lib/views/settings-view";

export const GET = route({}, async ({ services: { settings } }) => ({
  items: viewSettings(settings, process.env),
}));
