import type { Channel, ConfirmChannel } from "amqplib";
import type { AmqpConnection } from "./connect-node";

interface ChannelChoice {
  /** End the connection with the channel: something waits for what the channel brings. */
  readonly isVital?: boolean;
}

/** Opens a channel. A call on it rejects when RabbitMQ closes it because of that call. */
export async function openChannel(
  connection: AmqpConnection,
  { isVital = false }: ChannelChoice = {},
): Promise<Channel> {
  return watch(await connection.model.createChannel(), connection, isVital);
}

/** Opens a channel on which RabbitMQ confirms each message. */
export async function openConfirmChannel(connection: AmqpConnection): Promise<ConfirmChannel> {
  return watch(await connection.model.createConfirmChannel(), connection, false);
}

/** Runs `work` on a channel of its own and closes it: a refusal costs nobody else a channel. */
export async function withChannel<T>(
  connection: AmqpConnection,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await openChannel(connection);
  try {
    return await work(channel);
  } finally {
    // RabbitMQ has closed it where it refused something; it is of no use either way.
    await channel.close().catch(() => undefined);
  }
}

function watch<C extends Channel>(channel: C, connection: AmqpConnection, isVital: boolean): C {
  // An "error" that nobody listens to would end the process.
  channel.on("error", (error) => (isVital ? connection.reset(error) : undefined));
  if (isVital) channel.on("close", () => connection.reset(new Error("the channel was closed")));
  return channel;
}
