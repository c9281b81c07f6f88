import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { demoChain } from "./chain.ts";

it("the README lists every key, code and sign-in as they are", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const chain = demoChain({ until: new Date("2026-11-20T12:00:00Z") });
  const headOffice = chain.staff.filter(({ placeIds, persona }) => placeIds.length === 0 || persona);
  const facts = [
    ...chain.channels.flatMap(({ code, publishableKey, secretKey }) => [code, publishableKey, secretKey]),
    ...headOffice.flatMap(({ email, password, pin }) => [email, password, pin ?? email]),
    ...chain.codes.map(({ code }) => code),
    "`lea.fontaine@example.com`",
  ];
  expect(facts.filter((fact) => !readme.includes(fact))).toEqual([]);
  const barista = chain.staff.find(({ roles }) => roles.includes("barista"));
  expect(readme).toContain(`\`${barista?.email}\` (Lyon Bellecour, PIN \`${barista?.pin}\`)`);
  const count = (presence: string): number => [...chain.customers].flat().filter((customer) => customer.presence === presence).length;
  expect(readme).toContain(`${chain.products.length} with ${chain.products.flatMap(({ variants }) => variants).length} variants`);
  expect(readme).toContain(`of whom ${count("linked")} are linked over channels, ${count("unlinked")} known twice`);
});
