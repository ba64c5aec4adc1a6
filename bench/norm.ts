import { fingerprintError } from "@/lib/celery/error/fingerprint-error";
import { normalizeErrorMessage } from "@/lib/celery/error/normalize-error-message";
import { readStoredError } from "@/lib/celery/error/read-stored-error";

const N = 20000;
const m = (n: number) =>
  `HTTPConnectionPool(host='payments.example.com', port=443): Read timed out for order ${n} after 30.0 s (request c4ca4238a0b923820dcc509a6f75849${n % 10})`;
for (let k = 0; k < 3; k++) {
  let cpu = process.cpuUsage();
  for (let n = 0; n < N; n++) normalizeErrorMessage(m(n));
  let u = process.cpuUsage(cpu);
  console.log("normalize us", (u.user + u.system) / N);
  cpu = process.cpuUsage();
  for (let n = 0; n < N; n++)
    fingerprintError(
      readStoredError(
        `{"exc_type": "ConnectionError", "exc_message": ["${m(n)}"], "exc_module": "builtins"}`,
        { contentType: "application/json", contentEncoding: "utf-8" },
      )!,
    );
  u = process.cpuUsage(cpu);
  console.log("all us", (u.user + u.system) / N);
}
