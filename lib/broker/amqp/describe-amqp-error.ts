import { describeConnectionError, type KnownErrors } from "../describe-connection-error";

const AMQP_ERRORS: KnownErrors = [
  [/ACCESS_REFUSED.*Login was refused/s, "the broker refused the user name or the password"],
  [
    /Socket closed abruptly during opening handshake/,
    "the broker closed the connection before the login was done",
  ],
  // amqplib does not pass on which of the two it is.
  [/^Expected ConnectionOpenOk/, "the broker has no virtual host of that name, or the user may not use it"],
  [/SASL mechanism EXTERNAL/, "the broker takes no login by certificate (EXTERNAL)"],
  [/SASL mechanism/, "the broker takes no login by password (PLAIN)"],
  [/exclusive use|in exclusive use/, "another collector reads the same event queue"],
  [/CONNECTION_FORCED/, "the broker was shut down or closed the connection"],
  [/Heartbeat timeout/, "the broker stopped answering"],
  [/^The operation was aborted|^connect ETIMEDOUT/, "the broker did not answer in time"],
  [/Unexpected close|Connection closed|Channel ended|channel closed/i, "the connection broke"],
];

/** Says in the reader's words why a connection or a call failed. */
export function describeAmqpError(error: unknown): string {
  return describeConnectionError(error, AMQP_ERRORS);
}
