import { parseSync } from "vite";

/** A key in a source file: whole (`"shop.cart.title"`), or the pattern of one put together at run time (`shop.state.*`). */
export type KeyUse = {
  readonly file: string;
  readonly line: number;
  /** Text parts of the key; between two of them stands something known only at run time. A whole key has one part. */
  readonly parts: readonly string[];
  /** Whether it stands in a call of `t`; else it is a text like any other, which may be handed to `t` elsewhere. */
  readonly called: boolean;
  /** Names of the values that the call hands over; undefined where the source does not tell. */
  readonly values: readonly string[] | undefined;
};

type Node = { readonly type: string; readonly start: number; readonly [field: string]: unknown };

/** Every text of a source file that may be a message key, with the values of `t("key", { … })` where it is called so. */
export function keyUses(file: string, source: string): KeyUse[] {
  const uses: KeyUse[] = [];
  const called = new Set<Node>();
  visit(parseSync(file, source).program, (node) => {
    const [key, values] = node.type === "CallExpression" && calleeName(node) === "t" ? argumentsOf(node) : [];
    if (key && partsOf(key)) {
      called.add(key);
      uses.push(useOf(key, true, valueNames(values)));
    } else if (!called.has(node) && partsOf(node)) uses.push(useOf(node, false, undefined));
  });
  return uses;

  function useOf(node: Node, isCall: boolean, values: readonly string[] | undefined): KeyUse {
    const line = source.slice(0, node.start).split("\n").length;
    return { file, line, parts: partsOf(node) ?? [], called: isCall, values };
  }
}

/** Whether a use means a key: equal, or equal around what is only known at run time (any text, so that error codes may have dots). */
export function meansKey({ parts }: Pick<KeyUse, "parts">, key: string): boolean {
  if (parts.length === 1) return parts[0] === key;
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  // A template that begins with its variable says nothing about which messages it means.
  if (!first.includes(".") || !key.startsWith(first) || !key.endsWith(last) || key.length <= first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const at = key.indexOf(part, from + 1);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= key.length - last.length;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isNode(value)) {
    see(value);
    for (const child of Object.values(value)) visit(child, see);
  }
}

function partsOf(node: Node): string[] | undefined {
  if (node.type === "Literal" && typeof node["value"] === "string") return [node["value"]];
  if (node.type !== "TemplateLiteral") return undefined;
  // By the syntax tree's definition (ESTree), quasis are the text parts of a template.
  return (node["quasis"] as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked);
}

function calleeName(call: Node): unknown {
  return isNode(call["callee"]) ? call["callee"]["name"] : undefined;
}

function argumentsOf(call: Node): Node[] {
  return Array.isArray(call["arguments"]) ? call["arguments"].filter(isNode) : [];
}

/** None handed over is an empty list; an object that spreads, or is no literal, tells nothing. */
function valueNames(values: Node | undefined): string[] | undefined {
  if (!values) return [];
  if (values.type !== "ObjectExpression" || !Array.isArray(values["properties"])) return undefined;
  const names = values["properties"].map((property: Node) =>
    isNode(property["key"]) && property["computed"] !== true ? property["key"]["name"] : undefined,
  );
  return names.every((name) => typeof name === "string") ? names : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
