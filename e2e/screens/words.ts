import { readFileSync } from "node:fs";
import { join } from "node:path";

const APPS = join(import.meta.dirname, "../../apps");
const SHARED = join(import.meta.dirname, "../../packages/ui/src/messages");

/** Says a text of an app as its screens say it in `locale`, with plain arguments filled in. Throws when there is no such key. */
export type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

/** The words of one app in one language (a kiosk is a page of the till) and those that all apps share, from the files that the app is built from: a renamed key stops the story that used it. */
export function wordsOf(app: "shop" | "till" | "kiosk" | "office" | "board" | "tour", locale: string): Words {
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, `${locale}.json`), "utf8")) as Readonly<Record<string, string>>; // as the message check holds it
  const messages = { ...read(SHARED), ...read(join(APPS, app === "kiosk" ? "till" : app, "src/messages")) };
  return (key, values = {}) => {
    const text = messages[key];
    if (text === undefined) throw new Error(`${app} says nothing for ${key} in ${locale}`);
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}
