import { describe, expect, it } from "vitest";
import { groupFrames, listPackages } from "@/components/task/group-frames";
import { parsePythonTraceback } from "@/lib/celery/traceback/parse-python-traceback";

const TRACEBACK = `Traceback (most recent call last):
  File "/venv/lib/python3.11/site-packages/celery/app/trace.py", line 477, in trace_task
    R = retval = fun(*args, **kwargs)
  File "/venv/lib/python3.11/site-packages/celery/app/trace.py", line 760, in __protected_call__
    return self.run(*args, **kwargs)
  File "/srv/shop/tasks.py", line 42, in deliver
    return client.post(url)
  File "/venv/lib/python3.11/site-packages/six.py", line 1, in reraise
    raise value
  File "/usr/lib/python3.11/socket.py", line 2, in connect
    sock.connect(sa)
ConnectionError: refused
`;

describe("frames of a traceback", () => {
  const frames = parsePythonTraceback(TRACEBACK).exceptions[0]?.frames ?? [];

  it("come in runs of the user's own and of libraries", () => {
    const runs = groupFrames(frames).map(
      (group) => `${group.isLibrary ? "library" : "own"} ${group.frames.length}`,
    );
    expect(runs).toEqual(["library 2", "own 1", "library 2"]);
  });

  it("name the packages they are from, each once", () => {
    const [outer, , inner] = groupFrames(frames).map((group) => listPackages(group.frames));
    expect([outer, inner]).toEqual([["celery"], ["six", "Python"]]);
  });
});
