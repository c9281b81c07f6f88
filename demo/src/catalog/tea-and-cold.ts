import { color } from "../pictures/colors.ts";
import type { Color } from "../pictures/colors.ts";
import type { Garnish, GlassShape, Pattern, Picture, Tint } from "../pictures/picture.ts";
import type { Section } from "./sketch.ts";

function pot(tint: Tint, glaze: Color, tea: Color, pattern: Pattern): Picture {
  return { tint, kind: "teapot", glaze, tea, pattern };
}

function glass(tint: Tint, shape: GlassShape, drink: Color, garnish: Garnish, hasIce = false): Picture {
  return { tint, kind: "glass", shape, layers: [[drink, 1]], hasIce, garnish };
}

/** Leaf teas, spiced milk and chocolate. */
// oxfmt-ignore
export const teaAndChocolate: Section = {
  category: "tea", taxClass: "hot_drink", isTracked: false, isShippable: false, station: "bar", prepSeconds: 60, diet: "vegan",
  products: [
    {
      sku: "TEA-EGR", price: 380,
      name: ["Earl Grey", "Earl Grey", "Earl Grey", "Earl Grey"],
      about: ["Black tea scented with bergamot from the south.", "Thé noir parfumé à la bergamote du sud.", "Schwarztee mit Bergamotte aus dem Süden.", "Te negre perfumat amb bergamota del sud."],
      picture: pot("sky", color.dusk, color.blackTea, "plain"),
    },
    {
      sku: "TEA-BRK", price: 360,
      name: ["Breakfast tea", "Thé du matin", "Frühstückstee", "Te d’esmorzar"],
      about: ["Strong and malty; takes milk well.", "Corsé et malté ; il aime le lait.", "Kräftig und malzig; verträgt Milch.", "Fort i maltejat; li va bé la llet."],
      picture: pot("sand", color.terracotta, color.blackTea, "band"),
    },
    {
      sku: "TEA-DAR", price: 420,
      name: ["Darjeeling", "Darjeeling", "Darjeeling", "Darjeeling"],
      about: ["First flush from the hills: light, floral, with a hint of muscat.", "Première récolte des collines : légère, florale, un peu muscatée.", "First Flush aus den Hügeln: leicht, blumig, mit einem Hauch Muskat.", "Primera collita de muntanya: lleuger, floral, amb un punt de moscatell."],
      picture: pot("butter", color.oat, color.herbTea, "weave"),
    },
    {
      sku: "TEA-SEN", price: 420,
      name: ["Sencha", "Sencha", "Sencha", "Sencha"],
      about: ["Green tea brewed cool, fresh as cut grass.", "Thé vert infusé tiède, frais comme l’herbe coupée.", "Grüntee, kühl gebrüht, frisch wie gemähtes Gras.", "Te verd infusionat tebi, fresc com l’herba tallada."],
      picture: pot("sage", color.pine, color.greenTea, "plain"),
    },
    {
      sku: "TEA-JAS", price: 430,
      name: ["Jasmine green tea", "Thé vert au jasmin", "Jasmin-Grüntee", "Te verd amb gessamí"],
      about: ["Green tea laid among blossoms for three nights.", "Thé vert couché trois nuits parmi les fleurs.", "Grüntee, drei Nächte zwischen Blüten gelagert.", "Te verd que ha dormit tres nits entre flors."],
      picture: glass("lilac", "handle", color.greenTea, "flower"),
    },
    {
      sku: "TEA-MIN", price: 390,
      name: ["Fresh mint tea", "Infusion de menthe fraîche", "Frischer Minztee", "Infusió de menta fresca"],
      about: ["A whole bunch of mint and hot water, honey on the side.", "Un bouquet de menthe et de l’eau chaude, miel à part.", "Ein ganzer Bund Minze und heißes Wasser, Honig dazu.", "Un bon pom de menta i aigua calenta, amb mel a part."],
      picture: glass("sage", "handle", color.herbTea, "mint"),
    },
    {
      sku: "TEA-VER", price: 380,
      name: ["Lemon verbena", "Verveine", "Zitronenverbene", "Marialluïsa"],
      about: ["Whole leaves, calm and lemony, without caffeine.", "Feuilles entières, calme et citronnée, sans caféine.", "Ganze Blätter, ruhig und zitronig, ohne Koffein.", "Fulles senceres, tranquil·la i cítrica, sense cafeïna."],
      picture: pot("cream", color.sage, color.herbTea, "dots"),
    },
    {
      sku: "TEA-ROO", price: 380,
      name: ["Rooibos", "Rooibos", "Rooibos", "Rooibos"],
      about: ["Red, soft and sweet of its own accord.", "Rouge, doux et naturellement sucré.", "Rot, weich und von selbst süß.", "Vermell, suau i dolç de mena."],
      picture: pot("blush", color.rose, color.blackTea, "stripe"),
    },
    {
      sku: "TEA-GIN", price: 400,
      name: ["Ginger and lemon", "Gingembre citron", "Ingwer-Zitrone", "Gingebre i llimona"],
      about: ["Fresh ginger, lemon and a spoon of honey against the cold.", "Gingembre frais, citron et une cuillère de miel contre le froid.", "Frischer Ingwer, Zitrone und ein Löffel Honig gegen die Kälte.", "Gingebre fresc, llimona i una cullerada de mel contra el fred."],
      diet: "vegetarian", picture: glass("butter", "handle", color.herbTea, "ginger"),
    },
    {
      sku: "TEA-CHA", price: 430, prepSeconds: 70, diet: "vegetarian", allergens: ["milk"], options: ["size", "milk", "sweet"],
      name: ["Chai latte", "Chai latte", "Chai Latte", "Chai latte"],
      about: ["Black tea, cardamom, cinnamon and steamed milk.", "Thé noir, cardamome, cannelle et lait chaud.", "Schwarztee, Kardamom, Zimt und heiße Milch.", "Te negre, cardamom, canyella i llet escumada."],
      picture: { tint: "sand", kind: "cup", size: "large", glaze: color.mustard, drink: color.chai, top: "cocoa" },
    },
    {
      sku: "TEA-MAT", price: 450, prepSeconds: 75, diet: "vegetarian", allergens: ["milk"], options: ["size", "milk", "sweet"],
      name: ["Matcha latte", "Matcha latte", "Matcha Latte", "Matcha latte"],
      about: ["Ceremonial matcha whisked by hand into warm milk.", "Matcha fouetté à la main dans un lait chaud.", "Matcha, von Hand in warme Milch geschlagen.", "Matcha batut a mà amb llet calenta."],
      picture: { tint: "cream", kind: "cup", size: "medium", glaze: color.white, drink: color.matcha, top: "leaf" },
    },
    {
      sku: "TEA-GOL", price: 440, prepSeconds: 75, diet: "vegetarian", allergens: ["milk"], options: ["size", "milk", "sweet"],
      name: ["Golden milk", "Lait d’or", "Goldene Milch", "Llet daurada"],
      about: ["Turmeric, ginger, pepper and milk; no coffee, plenty of warmth.", "Curcuma, gingembre, poivre et lait ; sans café, tout en chaleur.", "Kurkuma, Ingwer, Pfeffer und Milch; ohne Kaffee, voller Wärme.", "Cúrcuma, gingebre, pebre i llet; sense cafè i amb molta escalfor."],
      picture: { tint: "stone", kind: "cup", size: "medium", glaze: color.lagoon, drink: color.golden, top: "foam" },
    },
    {
      sku: "CHO-HOT", price: 420, prepSeconds: 75, diet: "vegetarian", allergens: ["milk", "soy"], options: ["size", "milk", "extra"],
      name: ["Hot chocolate", "Chocolat chaud", "Heiße Schokolade", "Xocolata amb llet"],
      about: ["Real chocolate melted in milk, not powder.", "Du vrai chocolat fondu dans le lait, pas de poudre.", "Echte Schokolade in Milch geschmolzen, kein Pulver.", "Xocolata de veritat fosa en llet, sense pols."],
      picture: { tint: "blush", kind: "cup", size: "large", glaze: color.clay, drink: color.chocolate, top: "foam" },
    },
    {
      sku: "CHO-SUI", price: 460, prepSeconds: 90, diet: "vegetarian", allergens: ["milk"], options: ["size"],
      name: ["Suís", "Suisse catalan", "Katalanische Schokolade mit Sahne", "Suís"],
      about: ["Thick dark chocolate under a hill of whipped cream, as in Barcelona.", "Chocolat noir épais sous une colline de crème fouettée, comme à Barcelone.", "Dicke dunkle Schokolade unter einem Berg Sahne, wie in Barcelona.", "Xocolata desfeta ben espessa amb una muntanya de nata."],
      picture: { tint: "cream", kind: "cup", size: "medium", glaze: color.night, drink: color.chocolate, top: "cream" },
    },
  ],
};

const MADE = { isTracked: false, taxClass: "cold_drink", station: "bar", prepSeconds: 60 } as const;

/** Pressed and poured at the bar, or bottled: bottles are counted. */
// oxfmt-ignore
export const coldDrinks: Section = {
  category: "cold", taxClass: "bottled_drink", isTracked: true, isShippable: false, station: "counter", prepSeconds: 5, diet: "vegan",
  products: [
    {
      sku: "CLD-LEM", price: 420, ...MADE, options: ["size", "ice", "sweet"],
      name: ["Mint lemonade", "Citronnade à la menthe", "Minzlimonade", "Llimonada amb menta"],
      about: ["Lemons squeezed this morning, with mint and little sugar.", "Citrons pressés ce matin, menthe et peu de sucre.", "Heute früh gepresste Zitronen, mit Minze und wenig Zucker.", "Llimones espremudes aquest matí, amb menta i poc sucre."],
      picture: glass("butter", "tall", color.lemon, "lemon", true),
    },
    {
      sku: "CLD-PEA", price: 430, ...MADE, options: ["size", "ice", "sweet"],
      name: ["Peach iced tea", "Thé glacé à la pêche", "Pfirsich-Eistee", "Te fred de préssec"],
      about: ["Black tea cooled slowly with ripe peach.", "Thé noir refroidi lentement avec de la pêche mûre.", "Schwarztee, langsam gekühlt, mit reifem Pfirsich.", "Te negre refredat a poc a poc amb préssec madur."],
      picture: glass("blush", "tall", color.peach, "orange", true),
    },
    {
      sku: "CLD-HIB", price: 430, ...MADE, options: ["size", "ice", "sweet"],
      name: ["Hibiscus iced tea", "Bissap glacé", "Hibiskus-Eistee", "Te fred d’hibisc"],
      about: ["Deep red, tart, with a little ginger.", "Rouge profond, acidulé, un peu de gingembre.", "Tiefrot, herb, mit etwas Ingwer.", "Vermell intens, àcid, amb una mica de gingebre."],
      picture: glass("lilac", "tumbler", color.hibiscus, "flower", true),
    },
    {
      sku: "CLD-ORA", price: 470, ...MADE, options: ["size"],
      name: ["Pressed orange juice", "Orange pressée", "Frischer Orangensaft", "Suc de taronja natural"],
      about: ["Three oranges, pressed while you wait.", "Trois oranges, pressées devant vous.", "Drei Orangen, vor Ihren Augen gepresst.", "Tres taronges, espremudes al moment."],
      picture: glass("sky", "tumbler", color.orange, "orange"),
    },
    {
      sku: "CLD-BER", price: 560, ...MADE, prepSeconds: 90,
      name: ["Berry smoothie", "Smoothie aux fruits rouges", "Beeren-Smoothie", "Batut de fruits vermells"],
      about: ["Blackcurrant, raspberry, banana and oats.", "Cassis, framboise, banane et avoine.", "Johannisbeere, Himbeere, Banane und Hafer.", "Grosella, gerd, plàtan i civada."],
      allergens: ["gluten"], picture: glass("blush", "stem", color.berry, "berry"),
    },
    {
      sku: "CLD-MAN", price: 560, ...MADE, prepSeconds: 90, diet: "vegetarian", allergens: ["milk"],
      name: ["Mango lassi", "Lassi à la mangue", "Mango-Lassi", "Lassi de mango"],
      about: ["Mango and yogurt with a breath of cardamom.", "Mangue et yaourt avec un souffle de cardamome.", "Mango und Joghurt mit einem Hauch Kardamom.", "Mango i iogurt amb un toc de cardamom."],
      picture: glass("stone", "tall", color.mango, "straw"),
    },
    {
      sku: "CLD-ORX", price: 400, ...MADE, prepSeconds: 20, options: ["size"], allergens: [],
      name: ["Tiger nut horchata", "Orgeat de souchet", "Horchata aus Erdmandeln", "Orxata de xufa"],
      about: ["Milk of tiger nuts, ice cold and without dairy.", "Lait de souchet, bien glacé et sans produits laitiers.", "Milch aus Erdmandeln, eiskalt und ohne Milchprodukte.", "De xufa, ben freda i sense lactis."],
      picture: glass("sand", "tall", color.milk, "cinnamon", true),
    },
    {
      sku: "CLD-RHA", price: 390,
      name: ["Rhubarb spritzer", "Rhubarbe pétillante", "Rhabarberschorle", "Refresc de ruibarbre"],
      about: ["Rhubarb juice with bubbles, from the bottle.", "Jus de rhubarbe pétillant, en bouteille.", "Rhabarbersaft mit Sprudel, aus der Flasche.", "Suc de ruibarbre amb gas, en ampolla."],
      picture: { tint: "blush", kind: "bottle", drink: color.rhubarb, label: color.white, cap: color.cherry, shape: "round" },
    },
    {
      sku: "CLD-APF", price: 380,
      name: ["Cloudy apple spritzer", "Pomme trouble pétillante", "Naturtrübe Apfelschorle", "Refresc de poma tèrbola"],
      about: ["Orchard apples, pressed cloudy, with bubbles.", "Pommes du verger, jus trouble et bulles.", "Streuobstäpfel, naturtrüb gepresst, mit Sprudel.", "Pomes d’hort, suc tèrbol i bombolles."],
      picture: { tint: "sage", kind: "bottle", drink: color.apple, label: color.pine, cap: color.mustard, shape: "round" },
    },
    {
      sku: "CLD-CAR", price: 490,
      name: ["Carrot and ginger juice", "Jus carotte gingembre", "Karotten-Ingwer-Saft", "Suc de pastanaga i gingebre"],
      about: ["Cold-pressed in the morning, good for three days.", "Pressé à froid le matin, bon trois jours.", "Am Morgen kalt gepresst, drei Tage haltbar.", "Premsat en fred al matí, bo per a tres dies."],
      picture: { tint: "butter", kind: "bottle", drink: color.carrot, label: color.paper, cap: color.night, shape: "juice" },
    },
    {
      sku: "CLD-GRN", price: 490, allergens: ["celery"],
      name: ["Green juice", "Jus vert", "Grüner Saft", "Suc verd"],
      about: ["Apple, spinach, celery and lime.", "Pomme, épinard, céleri et citron vert.", "Apfel, Spinat, Sellerie und Limette.", "Poma, espinacs, api i llima."],
      picture: { tint: "cream", kind: "bottle", drink: color.leaf, label: color.paper, cap: color.night, shape: "juice" },
    },
    {
      sku: "CLD-WAT", price: 250,
      name: ["Still water", "Eau plate", "Stilles Wasser", "Aigua sense gas"],
      about: ["Half a liter from the mountains, in returnable glass.", "Un demi-litre de montagne, en verre consigné.", "Ein halber Liter aus den Bergen, in der Pfandflasche.", "Mig litre de muntanya, en vidre retornable."],
      picture: { tint: "sky", kind: "bottle", drink: color.water, label: color.lagoon, cap: color.steel, shape: "slim" },
    },
    {
      sku: "CLD-SPA", price: 270,
      name: ["Sparkling water", "Eau gazeuse", "Sprudelwasser", "Aigua amb gas"],
      about: ["Half a liter with fine bubbles, in returnable glass.", "Un demi-litre à fines bulles, en verre consigné.", "Ein halber Liter mit feiner Perlage, in der Pfandflasche.", "Mig litre amb bombolla fina, en vidre retornable."],
      picture: { tint: "stone", kind: "bottle", drink: color.water, label: color.terracotta, cap: color.steel, shape: "slim" },
    },
  ],
};
