import type { Country } from "../types.ts";

export type City = {
  readonly code: string;
  readonly name: string;
  readonly country: Country;
  readonly latitude: number;
  readonly longitude: number;
  readonly postcode: string;
};

const city = (country: Country, code: string, name: string, latitude: number, longitude: number, postcode: string): City => ({
  country,
  code,
  name,
  latitude,
  longitude,
  postcode,
});

/** Where stores may stand: position of the center and one postcode of it. Bigger chains fill the list from the top, country by country in turn. */
export const CITIES: readonly City[] = [
  city("FR", "lyon", "Lyon", 45.7578, 4.832, "69002"),
  city("FR", "paris", "Paris", 48.8686, 2.3622, "75010"),
  city("FR", "marseille", "Marseille", 43.2961, 5.3699, "13001"),
  city("FR", "lille", "Lille", 50.6386, 3.0625, "59800"),
  city("FR", "toulouse", "Toulouse", 43.6045, 1.4442, "31000"),
  city("FR", "bordeaux", "Bordeaux", 44.8404, -0.5805, "33000"),
  city("FR", "nantes", "Nantes", 47.2173, -1.5534, "44000"),
  city("FR", "strasbourg", "Strasbourg", 48.5839, 7.7455, "67000"),
  city("FR", "montpellier", "Montpellier", 43.6112, 3.8767, "34000"),
  city("FR", "nice", "Nice", 43.7034, 7.2663, "06000"),
  city("FR", "rennes", "Rennes", 48.1113, -1.68, "35000"),
  city("FR", "grenoble", "Grenoble", 45.1885, 5.7245, "38000"),
  city("FR", "dijon", "Dijon", 47.322, 5.0415, "21000"),
  city("FR", "tours", "Tours", 47.3941, 0.6848, "37000"),
  city("FR", "annecy", "Annecy", 45.8992, 6.1294, "74000"),
  city("DE", "berlin", "Berlin", 52.5208, 13.4094, "10178"),
  city("DE", "koeln", "Köln", 50.9384, 6.9599, "50667"),
  city("DE", "muenchen", "München", 48.1371, 11.5754, "80331"),
  city("DE", "hamburg", "Hamburg", 53.5503, 9.992, "20095"),
  city("DE", "frankfurt", "Frankfurt am Main", 50.1109, 8.6821, "60311"),
  city("DE", "leipzig", "Leipzig", 51.3397, 12.3731, "04109"),
  city("DE", "stuttgart", "Stuttgart", 48.7758, 9.1829, "70173"),
  city("DE", "duesseldorf", "Düsseldorf", 51.2277, 6.7735, "40213"),
  city("DE", "dresden", "Dresden", 51.0504, 13.7373, "01067"),
  city("DE", "bremen", "Bremen", 53.0793, 8.8017, "28195"),
  city("DE", "hannover", "Hannover", 52.3759, 9.732, "30159"),
  city("DE", "nuernberg", "Nürnberg", 49.4521, 11.0767, "90403"),
  city("DE", "freiburg", "Freiburg im Breisgau", 47.9959, 7.8522, "79098"),
  city("DE", "muenster", "Münster", 51.9607, 7.6261, "48143"),
  city("DE", "weimar", "Weimar", 50.9795, 11.3235, "99423"),
  city("ES", "barcelona", "Barcelona", 41.3874, 2.1686, "08002"),
  city("ES", "girona", "Girona", 41.9794, 2.8214, "17004"),
  city("ES", "tarragona", "Tarragona", 41.1189, 1.2445, "43003"),
  city("ES", "lleida", "Lleida", 41.6148, 0.6266, "25007"),
  city("ES", "sabadell", "Sabadell", 41.5463, 2.1086, "08201"),
  city("ES", "terrassa", "Terrassa", 41.5632, 2.0089, "08221"),
  city("ES", "reus", "Reus", 41.1561, 1.1069, "43201"),
  city("ES", "mataro", "Mataró", 41.5401, 2.4445, "08301"),
  city("ES", "manresa", "Manresa", 41.7251, 1.8266, "08241"),
  city("ES", "vic", "Vic", 41.9301, 2.2549, "08500"),
  city("ES", "figueres", "Figueres", 42.2667, 2.9611, "17600"),
  city("ES", "sitges", "Sitges", 41.2371, 1.8059, "08870"),
];

export function cityOf(code: string): City {
  const found = CITIES.find((candidate) => candidate.code === code);
  if (!found) throw new Error(`no city ${code}`);
  return found;
}
