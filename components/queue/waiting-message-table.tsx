import { RotateCcw, Skull } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { WaitingMessage } from "@/lib/api/schemas/queues";
import { formatShortId } from "@/lib/format/id";

const COLUMNS = [
  { title: "#", className: "w-10 text-right max-sm:hidden" },
  { title: "Task", className: "w-[34%] max-sm:w-auto max-sm:pl-4" },
  { title: "Args", className: "max-sm:hidden" },
  { title: "Id", className: "w-24 max-xl:hidden" },
  { title: "Priority", className: "w-18 text-right max-md:hidden" },
  { title: "Tries", className: "w-14 text-right max-md:hidden" },
  { title: "Sent", className: "w-24 text-right" },
] as const;

/** A row a message, the next to be delivered first. */
export function WaitingMessageTable({ messages }: { messages: readonly WaitingMessage[] }) {
  return (
    <table
      className={classNames(
        TABLE.table,
        "table-fixed border-t max-sm:[&_tbody_td]:h-14 [&_tbody>tr:last-child>td]:border-b-0",
      )}
    >
      <caption className="sr-only">First waiting messages</caption>
      <thead>
        <tr>
          {COLUMNS.map(({ title, className }) => (
            <th key={title} scope="col" className={classNames(TABLE.head, className)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a look's rows never move, and a message may have no id.
          <MessageRow key={index} message={message} place={index + 1} />
        ))}
      </tbody>
    </table>
  );
}

function MessageRow({ message, place }: { message: WaitingMessage; place: number }) {
  return (
    <tr className={TABLE.row}>
      <td className={classNames(TABLE.cell, TABLE.number, "text-ink-faint max-sm:hidden")}>{place}</td>
      <td className={classNames(TABLE.cell, "max-sm:pl-4")}>
        <TaskCell message={message} />
      </td>
      <td className={classNames(TABLE.cell, "font-mono text-ink-muted text-xs max-sm:hidden")}>
        <Contents message={message} />
      </td>
      <td className={classNames(TABLE.cell, "font-mono text-ink-muted text-xs max-xl:hidden")}>
        {message.id === null ? <Unknown /> : <span title={message.id}>{formatShortId(message.id)}</span>}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-md:hidden")}>
        {message.priority ?? <Unknown />}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-md:hidden")}>
        {message.retries === null ? <Unknown /> : message.retries + 1}
      </td>
      <td className={classNames(TABLE.cell, "text-right text-ink-muted")}>
        {message.sentAt === null ? <Unknown /> : <Instant at={message.sentAt} form="age" />}
      </td>
    </tr>
  );
}

/** The name, which is the link of the row, with what is special about it; on narrow screens also the contents. */
function TaskCell({ message }: { message: WaitingMessage }) {
  const name = message.name ?? "unreadable";
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex min-w-0 items-center gap-2">
        {message.id === null ? (
          <span className="truncate text-ink-muted">{name}</span>
        ) : (
          <Link
            href={toTaskHref(message.id)}
            className="truncate rounded font-medium underline-offset-2 hover:underline"
          >
            {name}
          </Link>
        )}
        {message.isDeadly ? (
          <Pill tone="red" icon={Skull} label="Kills workers" className="shrink-0" />
        ) : null}
        {message.isRedelivered ? <Redelivered /> : null}
        {message.eta === null ? null : <Eta at={message.eta} />}
      </span>
      <span className="truncate font-mono text-ink-muted text-xs sm:hidden">
        <Contents message={message} />
      </span>
    </span>
  );
}

function Redelivered() {
  const title = "Redelivered: it was handed out before and came back";
  return (
    <span title={title} className="shrink-0 text-ink-faint">
      <RotateCcw className="size-3" aria-hidden />
      <span className="sr-only">{title}</span>
    </span>
  );
}

function Contents({ message }: { message: WaitingMessage }) {
  const { args, kwargs, problem, isDeadly } = message;
  if (problem !== null) {
    return (
      <span className={isDeadly ? "text-red" : "text-amber"} title={problem}>
        {problem}
      </span>
    );
  }
  const text = `${args ?? ""} ${kwargs === null || kwargs === "{}" ? "" : kwargs}`.trim();
  return <span title={text}>{text}</span>;
}

/** When a worker may run it; what a sender wrote in a form of its own is shown as it is. */
function Eta({ at }: { at: string }) {
  return (
    <span className="shrink-0 text-ink-muted text-xs max-md:hidden">
      eta {Number.isNaN(Date.parse(at)) ? at : <Instant at={at} form="clock" />}
    </span>
  );
}

/** What a message does not say, to the eye a dash. */
function Unknown() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">unknown</span>
    </span>
  );
}
