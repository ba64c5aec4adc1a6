import { LRUCache } from "lru-cache";
import { readPythonLiteral } from "@/lib/celery/literal/read-python-literal";
import { isWireObject } from "@/lib/celery/wire-value";
import { OTHERS } from "@/lib/numbers/task-numbers";
import { ANY_CALL, type KwargSighting, MAX_KWARGS, saveKwargNames } from "@/lib/store/kwarg-names";
import type { Store } from "@/lib/store/store";
import type { ReceivedEvent } from "../fold-events";
import { MAX_NAMES, NameLimit } from "./name-limit";

const MAX_TYPES = 2_000;
/** Calls of one type that are read in a second: a signature changes with a deploy, and reading all would be too dear. */
const LOOKS_PER_SECOND = 2;
const MAX_TEXT_LENGTH = 8_192;
const MAX_NAME_LENGTH = 100;

interface SeenType {
  readonly names: Set<string>;
  second: number;
  looks: number;
}

/** Learns with which keywords each type of task is called, from a few of its calls. */
export class KwargWatch {
  readonly #types = new LRUCache<string, SeenType>({ max: MAX_TYPES });
  readonly #limit = new NameLimit(MAX_NAMES.type);
  #unsaved: KwargSighting[] = [];

  /** Takes a look at the calls among the events. */
  note(events: readonly ReceivedEvent[]): void {
    for (const { event, receivedAt } of events) {
      if (event.type !== "task-received" && event.type !== "task-sent") continue;
      const { name, kwargs } = event;
      if (name === null || kwargs === null || kwargs.length > MAX_TEXT_LENGTH) continue;
      if (this.#limit.admit(name, receivedAt) === OTHERS) continue;
      const type = this.#typeOf(name);
      const second = Math.floor(receivedAt / 1000);
      if (type.second !== second) {
        type.second = second;
        type.looks = 0;
      }
      if (type.looks >= LOOKS_PER_SECOND) continue;
      type.looks += 1;
      for (const kwarg of listKwargs(kwargs)) this.#see(type, { task: name, kwarg, at: receivedAt });
    }
  }

  /** Writes what is new; a name that the store has keeps the time at which it was seen first. Rejects while the store is away. */
  async save(store: Store): Promise<void> {
    const unsaved = this.#unsaved;
    this.#unsaved = [];
    try {
      await saveKwargNames(store, unsaved);
    } catch (error) {
      this.#unsaved = [...unsaved, ...this.#unsaved];
      throw error;
    }
  }

  #typeOf(name: string): SeenType {
    let type = this.#types.get(name);
    if (type === undefined) {
      type = { names: new Set(), second: 0, looks: 0 };
      this.#types.set(name, type);
    }
    return type;
  }

  #see(type: SeenType, sighting: KwargSighting): void {
    if (type.names.has(sighting.kwarg) || type.names.size > MAX_KWARGS) return;
    type.names.add(sighting.kwarg);
    this.#unsaved.push(sighting);
  }
}

/** The keywords of a call, after `ANY_CALL`; nothing where the text can't be read (cut, or not a literal). */
function listKwargs(text: string): readonly string[] {
  if (text === "{}") return [ANY_CALL];
  const read = readPythonLiteral(text);
  if (!read.ok || !isWireObject(read.value.value)) return [];
  const names = [...read.value.value.keys()].filter((name) => name !== "" && name.length <= MAX_NAME_LENGTH);
  return [ANY_CALL, ...names];
}
