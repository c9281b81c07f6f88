import { Link } from "@tanstack/react-router";
import { t } from "../t.ts";
import { shortId, wordOf } from "./text.ts";

/** What is written of a list that was read: how many there were, as far as it says so, and the first of them. */
const LIST = /^[a-z ]+(?:: (\d+))?, first ([a-z_]+\/[0-9a-f-]{36})$/;

/**
 * What an entry is about. `order/<id>` is the noun in words with the end of its id, as a link where the office has a page for it; a list is
 * the first of its rows, and that there were more.
 */
export function SubjectText({ subject }: { readonly subject: string }) {
  const [, count, first] = LIST.exec(subject) ?? [];
  if (first === undefined) return <OneSubject subject={subject} />;
  return (
    <>
      <OneSubject subject={first} /> {count === "1" ? null : t("office.audit.and_more")}
    </>
  );
}

function OneSubject({ subject }: { readonly subject: string }) {
  const [, source, what] = /^(export|list)\/([a-z]+)/.exec(subject) ?? [];
  if (what !== undefined) return <>{wordOf(`office.privacy.export.${source === "list" ? "list" : "exports"}_${what}`, what)}</>;
  const [, noun, id] = /^([a-z_]+)\/([0-9a-f-]{36})$/.exec(subject) ?? [];
  if (noun === undefined || id === undefined) return <>{wordOf(`office.noun.${subject}`, subject)}</>;
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
  if (noun === "recall")
    return (
      <Link to="/recalls" search={{ open: id }} title={id}>
        {say}
      </Link>
    );
  return <span title={id}>{say}</span>;
}
