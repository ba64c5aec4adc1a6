const ACCOUNT = "guest";

export interface RabbitmqPorts {
  readonly amqp: number;
  readonly management: number;
}

/** What everybody may do with a RabbitMQ; who shares it keeps to a virtual host of its own. */
export interface RabbitmqAccess {
  /** Of the default virtual host. */
  readonly url: string;
  readonly port: number;
  /** Of the management API, with user and password. */
  readonly managementUrl: string;
  /** Calls the management API (`path` without `/api/`); throws for any status from 400 on. */
  callApi(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown>;
  /** Adds a virtual host that our user may use; returns its broker URL. */
  createVirtualHost(name: string): Promise<string>;
}

/** What one may do with a server of startRabbitmqServer, known by its ports. */
export function accessRabbitmqServer(ports: RabbitmqPorts): RabbitmqAccess {
  const account = `${ACCOUNT}:${ACCOUNT}`;
  const urlOf = (name: string) => `amqp://${account}@127.0.0.1:${ports.amqp}/${encodeURIComponent(name)}`;

  async function callApi(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${ports.management}/api/${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(account)}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  return {
    url: urlOf("/"),
    port: ports.amqp,
    managementUrl: `http://${account}@127.0.0.1:${ports.management}`,
    callApi,
    async createVirtualHost(name) {
      const encoded = encodeURIComponent(name);
      const permissions = { configure: ".*", write: ".*", read: ".*" };
      await callApi("PUT", `vhosts/${encoded}`);
      await callApi("PUT", `permissions/${encoded}/${ACCOUNT}`, permissions);
      return urlOf(name);
    },
  };
}
