import { fold } from "./text.ts";

/** What a column says about a person. `ignore` is not compared. */
export const ROLES = [
  "id",
  "given",
  "middle",
  "family",
  "fullName",
  "birthDate",
  "birthYear",
  "birthMonth",
  "birthDay",
  "email",
  "mailbox",
  "phone",
  "street",
  "houseNumber",
  "addressExtra",
  "postcode",
  "city",
  "region",
  "country",
  "gender",
  "number",
  "text",
  "category",
  "ignore",
] as const;
export type Role = (typeof ROLES)[number];

export type Column = { readonly name: string; readonly role: Role };

/** Headers as people write them, folded and without spaces, in English, French, German, Catalan and Spanish. The first that fits counts. */
const HEADERS: readonly (readonly [Role, RegExp])[] = [
  ["id", /^(id|rowid|recordid|recid|uid|uuid|customerid|clientid|kundennummer|kundennr|numeroclient|uniqueid)$/],
  ["email", /mail|correo|correu|courriel/],
  ["phone", /phone|mobile|telefon|telephone|telefono|^tel$|handy|movil|mobil|portable/],
  ["birthYear", /^(by|birthyear|yearofbirth|yob|geburtsjahr|anneedenaissance|anneenaissance)$/],
  ["birthMonth", /^(bm|birthmonth|monthofbirth|geburtsmonat|moisnaissance)$/],
  ["birthDay", /^(bd|birthday|dayofbirth|geburtstag|journaissance)$/],
  ["birthDate", /birthdate|dateofbirth|^dob$|^birth$|birthdt|geburtsdatum|naissance|naixement|nacimiento|geboren/],
  ["fullName", /^(full|whole|complete|display|customer|person)?name$|^(nomcomplet|nomcomplert|nombrecompleto|contact)$/],
  ["given", /^(given|first|fore|christian|vor|f)(name)?$|^(givenname|firstname|prenom|vorname|nombre|nompropi|rufname)$/],
  ["middle", /^(middle|second)(name|initial|s)?$|^(zweitname|deuxiemeprenom|mname)$/],
  [
    "family",
    /^(sur|last|family|l|nach)name$|^(surname|nom|nomdefamille|nachname|familienname|cognom|cognoms|apellido|apellidos|sname|last)$/,
  ],
  ["gender", /^(sex|sexe|sexo|gender|genre|genere|genero|geschlecht|civilite|anrede|title|salutation)$/],
  ["houseNumber", /^(house|street|building|civic)(number|no|nr|num)$|^(hausnummer|hausnr|numerorue|numerovoie|numero|housenumber)$/],
  ["postcode", /post(al)?code|^zip|^plz$|postleitzahl|codepostal|codipostal|codigopostal|^cp$|^postcode/],
  ["city", /^(city|town|suburb|locality|place|ville|commune|ort|stadt|wohnort|ciutat|poblacio|ciudad|poblacion|localidad)$/],
  ["region", /^(state|province|region|county|canton|bundesland|departement|provincia|comarca)$/],
  ["country", /^(country|countrycode|pays|land|pais|nationality|nation)$/],
  ["addressExtra", /^(address2|address3|addressline2|complement|adresszusatz|addressextra|adresse2)$/],
  [
    "street",
    /^(street|streetname|address|address1|addressline1|adresse|adresse1|rue|strasse|str|anschrift|adreca|carrer|direccion|calle)$/,
  ],
  ["number", /ssn|socsec|socialsecurity|nationalid|^dni$|^nif$|^nie$|taxid|vat|passport|card(no|number)?$|membership|loyalty|insurance/],
  ["birthDate", /^(date|datum|fecha)$/],
];

/** About so many rows are enough to see what a column holds. */
const SAMPLE = 2_000;

/** Some of the rows, chosen by what they say: the same whatever their order. */
export function sampleRows(rows: readonly (readonly string[])[]): (readonly string[])[] {
  const parts = Math.ceil(rows.length / SAMPLE);
  return parts <= 1 ? [...rows] : rows.filter((row) => hashOf(row) % parts === 0);
}

/** FNV-1a over the cells. */
function hashOf(row: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const cell of row) for (let i = 0; i < cell.length; i++) hash = Math.imul(hash ^ cell.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Says what each column holds, by its header first, then by its values. `given` wins over both: column name to role.
 * Of a file without a header that fits, values alone decide; what looks like nothing in particular is `text`, or `category` with few values.
 */
export function detectRoles(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  given: ReadonlyMap<string, Role> = new Map(),
): Column[] {
  const sample = sampleRows(rows);
  const columns = header.map((name, index) => {
    const values = sample.map((row) => (row[index] ?? "").trim()).filter((value) => value !== "");
    return { name, role: given.get(name) ?? roleOf(name, values) };
  });
  return settle(columns, given);
}

function roleOf(name: string, values: readonly string[]): Role {
  const key = fold(name).replaceAll(" ", "");
  const base = key.replace(/(c?\d+)$/, "") || key;
  const named = HEADERS.find(([, pattern]) => pattern.test(key))?.[0] ?? HEADERS.find(([, pattern]) => pattern.test(base))?.[0];
  if (named !== undefined && isPlausible(named, values)) return named;
  return roleByValues(values);
}

const share = (values: readonly string[], pattern: RegExp): number =>
  values.length === 0 ? 0 : values.filter((value) => pattern.test(value)).length / values.length;

const DATE = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^(1[6-9]|20)\d{6}$/;

/** A header may mislead (`birthday` with whole dates, `title` with book titles); its column must look like it. */
function isPlausible(role: Role, values: readonly string[]): boolean {
  if (values.length === 0) return true;
  if (role === "birthYear") return share(values, /^\d{4}$/) > 0.8;
  if (role === "birthMonth" || role === "birthDay") return share(values, /^\d{1,2}$/) > 0.8;
  if (role === "birthDate") return share(values, DATE) > 0.5 || share(values, /\d/) > 0.9;
  if (role === "gender") return new Set(values.map(fold)).size <= 12;
  return true;
}

function roleByValues(values: readonly string[]): Role {
  const distinct = new Set(values.map(fold)).size;
  if (values.length === 0) return "ignore";
  if (share(values, /@/) > 0.6) return "email";
  if (share(values, DATE) > 0.6) return "birthDate";
  if (share(values, /^\+?[\d\s()./-]{8,20}$/) > 0.8) return share(values, /^[+0]/) > 0.5 ? "phone" : "number";
  if (distinct <= 30 && distinct * 10 < values.length) return "category";
  if (share(values, /^\d{4,}$/) > 0.8) return "number";
  return "text";
}

/** What only all columns together say: `sname` beside `surname` is a second name, a lone `nom` the whole one, `name` beside `surname` the given one. */
function settle(columns: readonly Column[], given: ReadonlyMap<string, Role>): Column[] {
  const has = (role: Role): boolean => columns.some((column) => column.role === role);
  const families = columns.filter(({ role }) => role === "family");
  const firstId = columns.find(({ role }) => role === "id");
  return columns.map((column) => {
    const key = fold(column.name).replaceAll(" ", "");
    if (given.has(column.name)) return column;
    if (key === "sname" && families.length > 1 && has("given")) return { ...column, role: "middle" };
    if (column.role === "fullName" && key === "name" && has("family") && !has("given")) return { ...column, role: "given" };
    if (column.role === "family" && families.length === 1 && !has("given") && !has("fullName")) return { ...column, role: "fullName" };
    if (column.role === "id" && column !== firstId) return { ...column, role: "number" };
    if (column.role === "birthDay" && !has("birthYear")) return { ...column, role: "birthDate" };
    return column;
  });
}
