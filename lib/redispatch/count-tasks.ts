/** A number of tasks in words, such as "1,204 tasks". */
export function countTasks(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "task" : "tasks"}`;
}
