import type { Problem } from "@weft/kernel";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { api } from "../api.ts";

/** Sends a file as it is. The browser reads it from the disk while it sends; nothing of it is in this page's memory. */
export async function sendFile<Answer>(path: string, file: Blob, signal?: AbortSignal): Promise<Answer> {
  const response = await send(
    path,
    { method: "POST", body: file, ...(signal && { signal }) },
    { "content-type": "application/octet-stream" },
  );
  return (await response.json()) as Answer; // by the contract of the path
}

/** Fetches a file, telling how many bytes have come, and gives it to the reader under the name that the hub says. */
export async function receiveFile(path: string, told: (bytes: number) => void, signal?: AbortSignal): Promise<void> {
  const response = await send(path, signal ? { signal } : {}, {});
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    chunks.push(part.value);
    bytes += part.value.length;
    told(bytes);
  }
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  save(new Blob(chunks, { type }), /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "weft");
}

async function send(path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  const own = { "weft-session": api.session, "accept-language": currentLocale(), ...headers };
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: own, credentials: "same-origin" });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ProblemError({ type: "about:blank", title: "The hub cannot be reached", status: 0, code: "client.offline" }, true);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as Problem | null; // what the hub answers when it refuses
  throw new ProblemError(
    problem ?? { type: "about:blank", title: response.statusText, status: response.status, code: "client.bad_answer" },
    false,
  );
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
