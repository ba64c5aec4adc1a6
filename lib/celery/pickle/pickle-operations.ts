import { NumberText } from "../wire-value";
import type { PickleMachine } from "./pickle-machine";
import { writePythonFloat } from "./pickle-number";
import {
  PickleDict,
  PickleName,
  PickleObject,
  PickleSet,
  PickleTuple,
  type PickleValue,
} from "./pickle-value";

/**
 * What each operation code does (celery-wire, Appendix 2); STOP is the caller's. Codes that are absent are of protocols 0
 * and 1, or fetch what is outside the pickle.
 */
export const PICKLE_OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  // Framing.
  [0x80, (m) => m.bytes.bytes(1)],
  [0x95, (m) => m.bytes.bytes(8)],
  // Constants and numbers.
  [0x4e, (m) => m.push(null)],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [0x4a, (m) => m.push(new NumberText(String(m.bytes.int32())))],
  [0x4b, (m) => m.push(new NumberText(String(m.bytes.uint8())))],
  [0x4d, (m) => m.push(new NumberText(String(m.bytes.uint16())))],
  [0x8a, (m) => m.long(m.bytes.uint8())],
  [0x8b, (m) => m.long(m.bytes.int32())],
  [0x47, (m) => m.push(writePythonFloat(m.bytes.float64()))],
  // Text and bytes.
  [0x8c, (m) => m.push(m.bytes.text(m.bytes.uint8()))],
  [0x58, (m) => m.push(m.bytes.text(m.bytes.uint32()))],
  [0x8d, (m) => m.push(m.bytes.text(m.bytes.length64()))],
  [0x43, (m) => m.push(m.bytes.bytes(m.bytes.uint8()))],
  [0x42, (m) => m.push(m.bytes.bytes(m.bytes.uint32()))],
  [0x8e, (m) => m.push(m.bytes.bytes(m.bytes.length64()))],
  // Memo.
  [0x94, (m) => m.memo.set(m.memo.size, m.peek())],
  [0x71, (m) => m.memo.set(m.bytes.uint8(), m.peek())],
  [0x72, (m) => m.memo.set(m.bytes.uint32(), m.peek())],
  [0x68, (m) => m.recall(m.bytes.uint8())],
  [0x6a, (m) => m.recall(m.bytes.uint32())],
  // Stack.
  [0x28, (m) => m.mark()],
  [0x30, (m) => m.pop()],
  [0x31, (m) => m.popToMark()],
  [0x32, (m) => m.push(m.peek())],
  // Lists and tuples.
  [0x5d, (m) => m.push([])],
  [0x6c, (m) => m.push(m.popToMark())],
  [0x61, (m) => append(m, [m.pop()])],
  [0x65, (m) => append(m, m.popToMark())],
  [0x29, (m) => m.push(new PickleTuple([]))],
  [0x85, (m) => pushTuple(m, 1)],
  [0x86, (m) => pushTuple(m, 2)],
  [0x87, (m) => pushTuple(m, 3)],
  [0x74, (m) => m.push(new PickleTuple(m.popToMark()))],
  // Dicts and sets.
  [0x7d, (m) => m.push(new PickleDict())],
  [0x64, (m) => pushDict(m)],
  [0x73, (m) => setItems(m, popMany(m, 2))],
  [0x75, (m) => setItems(m, m.popToMark())],
  [0x8f, (m) => m.push(new PickleSet())],
  [0x90, (m) => addItems(m, m.popToMark())],
  [0x91, (m) => pushFrozenSet(m)],
  // Names and objects, kept as data.
  [0x63, (m) => m.push(new PickleName(`${m.bytes.line()}.${m.bytes.line()}`))],
  [0x93, (m) => pushName(m)],
  [0x52, (m) => pushObject(m, m.pop())],
  [0x81, (m) => pushObject(m, m.pop())],
  [0x92, (m) => pushObjectWithKeywords(m)],
  [0x62, (m) => setState(m)],
]);

function popMany(m: PickleMachine, count: number): PickleValue[] {
  return Array.from({ length: count }, () => m.pop()).reverse();
}

function pushTuple(m: PickleMachine, count: number): void {
  m.push(new PickleTuple(popMany(m, count)));
}

function pushDict(m: PickleMachine): void {
  const items = m.popToMark();
  m.push(new PickleDict());
  setItems(m, items);
}

function pushFrozenSet(m: PickleMachine): void {
  const items = m.popToMark();
  m.push(new PickleSet());
  addItems(m, items);
}

/** Adds to the list on top; what fills a subclass of list, dict or set is dropped with the rest of that object. */
function append(m: PickleMachine, items: readonly PickleValue[]): void {
  const target = m.peek();
  if (Array.isArray(target)) for (const item of items) target.push(item);
  else requireObject(m, target);
}

function addItems(m: PickleMachine, items: readonly PickleValue[]): void {
  const target = m.peek();
  if (target instanceof PickleSet) for (const item of items) target.items.push(item);
  else requireObject(m, target);
}

function setItems(m: PickleMachine, items: readonly PickleValue[]): void {
  const target = m.peek();
  if (!(target instanceof PickleDict)) {
    requireObject(m, target);
    return;
  }
  for (let index = 0; index < items.length; index += 2) {
    const [key, value] = items.slice(index, index + 2);
    if (key === undefined || value === undefined) m.bytes.fail("the pickle has a dict key without a value");
    else target.entries.push([key, value]);
  }
}

function requireObject(m: PickleMachine, target: PickleValue): void {
  if (!(target instanceof PickleObject)) m.bytes.fail("the pickle fills what is no container");
}

function pushName(m: PickleMachine): void {
  const [module, name] = popMany(m, 2);
  if (typeof module !== "string" || typeof name !== "string") m.bytes.fail("the pickle names no text");
  else m.push(new PickleName(`${module}.${name}`));
}

function pushObject(m: PickleMachine, args: PickleValue): void {
  const callable = m.pop();
  const name = callable instanceof PickleName ? callable.name : "object";
  m.push(new PickleObject(name, args instanceof PickleTuple ? args.items : []));
}

function pushObjectWithKeywords(m: PickleMachine): void {
  m.pop();
  pushObject(m, m.pop());
}

function setState(m: PickleMachine): void {
  const state = m.pop();
  const target = m.peek();
  if (target instanceof PickleObject) target.state = state;
  else m.bytes.fail("the pickle gives a state to what has none");
}

type Operation = (machine: PickleMachine) => void;
