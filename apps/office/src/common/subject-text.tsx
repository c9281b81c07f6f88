import { Link } from "@tanstack/react-router";
import { shortId, wordOf } from "./text.ts";

/** What an entry is about, `order/<id>`: the noun in words with the end of its id, as a link where the office has a page for it. */
export function SubjectText({ subject }: { readonly subject: string }) {
  const [, noun, id] = /^([a-z_]+)\/([0-9a-f-]{36})$/.exec(subject) ?? [];
  if (noun === undefined || id === undefined) return <>{subject}</>;
  const say = `${wordOf(`office.noun.${noun}`, noun)} ${shortId(id)}`;
  if (noun === "customer")
    return (
      <Link to="/customers/$id" params={{ id }} title={id}>
        {say}
      </Link>
    );
  if (noun === "order")
    return (
      <Link to="/orders" search={{ open: id }} title={id}>
        {say}
      </Link>
    );
  return <span title={id}>{say}</span>;
}
