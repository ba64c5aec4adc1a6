import { describeApi } from "@/lib/api/openapi";
import { route } from "@/lib/http/route";
import { VERSION } from "@/lib/version";

export const GET = route({}, async () => describeApi(VERSION));
