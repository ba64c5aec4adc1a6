import { route } from "@/lib/http/route";
import { getHealth } from "@/lib/views/health-view";

export const GET = route({}, async ({ services }) => getHealth(services, Date.now()));
