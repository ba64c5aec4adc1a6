import { once } from "node:events";
import { connect } from "node:net";

/** What MONITOR shows of a command: `1795.12 [0 127.0.0.1:60866] "PUBLISH" "channel" "text"`. */
const LINE = /^\+\d+\.\d+ \[\d+ [^\]]*\] (.*)$/;
const ARGUMENT = /"((?:[^"\\]|\\.)*)"/g;
const ESCAPE = /\\(?:x([0-9a-f]{2})|(.))/g;
const CONTROL: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b" };

export interface RedisRecording {
  /** Those so far whose name, in lower case, is one of `names`; each as its words. */
  list(...names: string[]): string[][];
  stop(): void;
}

/** Records every command that a private Redis without a password gets from anybody from now on. */
export async function recordRedisCommands(port: number): Promise<RedisRecording> {
  const commands: string[][] = [];
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let rest = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    const lines = (rest + text).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const words = LINE.exec(line)?.[1];
      if (words !== undefined) commands.push(readWords(words));
    }
  });
  socket.write("MONITOR\r\n");
  await once(socket, "data");
  return {
    list: (...names) => commands.filter(([name = ""]) => names.includes(name.toLowerCase())),
    stop: () => socket.destroy(),
  };
}

function readWords(text: string): string[] {
  return Array.from(text.matchAll(ARGUMENT), ([, word = ""]) => {
    const bytes = word.replace(ESCAPE, (_match, hex: string | undefined, character: string) =>
      hex === undefined ? (CONTROL[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Buffer.from(bytes, "latin1").toString("utf8");
  });
}
