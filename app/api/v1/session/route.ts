import { loginSchema } from "@/lib/api/schemas/session";
import { logIn } from "@/lib/auth/log-in";
import { endSession } from "@/lib/auth/session";
import { isSecureRequest } from "@/lib/http/is-secure-request";
import { route } from "@/lib/http/route";

export const POST = route({ body: loginSchema, readOnly: true, isPublic: true }, async (call) => {
  const cookie = await logIn(
    call.body,
    call.services.settings.CELERIAC_PASSWORD,
    isSecureRequest(call.request),
  );
  return new Response(null, { status: 204, headers: { "Set-Cookie": cookie } });
});

export const DELETE = route({ readOnly: true, isPublic: true }, async ({ request }) => {
  return new Response(null, { status: 204, headers: { "Set-Cookie": endSession(isSecureRequest(request)) } });
});
