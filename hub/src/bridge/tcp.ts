import { connect, type Socket } from "node:net";

/** Opens a connection to `tcp://host:port`; rejects when nobody answers in time. */
export function connectTo(address: string, withinMs: number): Promise<Socket> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ""), port: Number(port) });
    const timer = setTimeout(() => socket.destroy(new Error(`no answer from ${address} in ${withinMs} ms`)), withinMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeListener("error", reject);
      // What breaks later is told by whoever reads or writes.
      socket.on("error", () => undefined);
      resolve(socket);
    });
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** Writes bytes and resolves when they have left. */
export function writeTo(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** The next bytes that come in; undefined when none came in time, or the other side has left. */
export function nextBytes(socket: Socket, withinMs: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const end = (bytes?: Uint8Array): void => {
      clearTimeout(timer);
      socket.removeListener("data", end);
      socket.removeListener("close", leave);
      resolve(bytes);
    };
    const leave = (): void => end();
    const timer = setTimeout(leave, withinMs);
    socket.once("data", end);
    socket.once("close", leave);
  });
}
