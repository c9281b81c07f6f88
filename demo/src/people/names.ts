import type { Country } from "../types.ts";

/** Common given and family names, put together by chance: whoever comes out exists nowhere but here. */
// oxfmt-ignore
export const GIVEN_NAMES: Readonly<Record<Country, readonly string[]>> = {
  FR: [
    "Camille", "Louis", "Chloé", "Hugo", "Manon", "Jules", "Inès", "Gabriel", "Sarah", "Raphaël", "Jade", "Adam", "Louise", "Arthur", "Alice", "Noé",
    "Zoé", "Théo", "Margaux", "Maël", "Clémence", "Antoine", "Juliette", "Mathis", "Élodie", "Karim", "Yasmine", "Bastien", "Salomé", "Nathan",
    "Agathe", "Émile", "Lucie", "Rayan", "Capucine", "Victor", "Anaïs", "Simon", "Maëlle", "Étienne",
  ],
  DE: [
    "Emma", "Paul", "Mia", "Jonas", "Hannah", "Felix", "Lina", "Leon", "Marie", "Lukas", "Clara", "Maximilian", "Greta", "Finn", "Johanna", "Moritz",
    "Frieda", "Emil", "Charlotte", "Anton", "Leyla", "Cem", "Katharina", "Jürgen", "Sabine", "Matthias", "Ayşe", "Björn", "Ida", "Oskar",
    "Mathilda", "Theo", "Annika", "Konrad", "Luise", "Ömer", "Paula", "Jakob", "Elif", "Till",
  ],
  ES: [
    "Laia", "Marc", "Martina", "Jan", "Júlia", "Pol", "Aina", "Biel", "Mariona", "Arnau", "Queralt", "Oriol", "Carla", "Àlex", "Berta", "Roger",
    "Meritxell", "Pau", "Gemma", "Guillem", "Ona", "Ferran", "Txell", "Bernat", "Neus", "Albert", "Fàtima", "Youssef", "Rosa", "Xavier",
    "Montserrat", "Enric", "Anna", "Nil", "Emma", "Joana", "Aleix", "Cèlia", "Sergi", "Ivet",
  ],
};

// oxfmt-ignore
export const FAMILY_NAMES: Readonly<Record<Country, readonly string[]>> = {
  FR: [
    "Martin", "Bernard", "Dubois", "Roux", "Moreau", "Laurent", "Lefèvre", "Garnier", "Faure", "Girard", "Mercier", "Blanc", "Chevalier", "Perrin",
    "Gauthier", "Renaud", "Marchand", "Picard", "Benali", "Diallo", "Collet", "Brunet", "Vidal", "Caron", "Berger", "Charpentier", "Delmas", "Poirier",
    "Tisserand", "Fabre", "Barbier", "Nguyen", "Traoré", "Lacroix", "Baudry", "Guillot", "Besson", "Haddad", "Rolland", "Maillard", "Ferrand", "Vasseur",
  ],
  DE: [
    "Müller", "Schneider", "Weber", "Wagner", "Becker", "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann",
    "Schwarz", "Krüger", "Hartmann", "Lange", "Krause", "Lehmann", "Köhler", "Huber", "Yılmaz", "Kaya", "Nowak", "Böhm", "Vogt", "Sommer", "Brandt",
    "Seidel", "Ziegler", "Jansen", "Petersen", "Albrecht", "Engel", "Voß", "Kraft", "Groß", "Thiele", "Demir", "Reuter", "Straub",
  ],
  ES: [
    "Serra", "Vila", "Soler", "Ferrer", "Roca", "Pons", "Mas", "Riera", "Bosch", "Casals", "Font", "Sala", "Costa", "Camps", "Rovira", "Prat",
    "Torrent", "Oliver", "Esteve", "Vives", "Llopis", "Molins", "Tort", "Bonet", "Castells", "Coll", "Fuster", "Grau", "Quintana", "Sabater", "García",
    "Martínez", "El Amrani", "Teixidor", "Pujol", "Batlle", "Solà", "Rius", "Ventura", "Capdevila", "Marsal", "Nogués",
  ],
};

/** As typed in a hurry at a counter. */
// oxfmt-ignore
export const SHORT_NAMES: Readonly<Record<string, string>> = {
  Gabriel: "Gab", Raphaël: "Raph", Margaux: "Margot", Clémence: "Clem", Antoine: "Tony", Élodie: "Elo", Bastien: "Baz", Capucine: "Capu", Anaïs: "Ana",
  Maximilian: "Max", Johanna: "Hanna", Charlotte: "Lotte", Katharina: "Kathi", Matthias: "Matze", Mathilda: "Tilda", Konrad: "Conrad", Sabine: "Bine",
  Meritxell: "Meri", Montserrat: "Montse", Xavier: "Xavi", Guillem: "Guille", Mariona: "Mari", Ferran: "Fer", Joana: "Jo", Martina: "Marti",
};
