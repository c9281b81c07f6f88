import { color } from "../pictures/colors.ts";
import type { Color } from "../pictures/colors.ts";
import type { Pattern, Picture, Tint } from "../pictures/picture.ts";
import type { Four, Section, Sketch, VariantSketch } from "./sketch.ts";

const IN_PARCELS = { isTracked: true, isShippable: true, station: "counter", prepSeconds: 10, diet: "vegan" } as const;

function bag(tint: Tint, paper: Color, label: Color, accent: Color, mark: Pattern): Picture {
  return { tint, kind: "bag", paper, label, accent, mark };
}

/** Beans come in two bags; the kilo costs a little less than four small ones. */
function beans(sku: string, price: number, name: Four, about: Four, picture: Picture): Sketch {
  const small: Four = ["250 g", "250 g", "250 g", "250 g"];
  const kilo: Four = ["1 kg", "1 kg", "1 kg", "1 kg"];
  const variants = [
    { ending: "250", name: small, price },
    { ending: "1K", name: kilo, price: Math.round((price * 3.6) / 50) * 50 },
  ];
  return { sku, price, name, about, picture, options: ["grind"], variants };
}

// oxfmt-ignore
export const coffeeBeans: Section = {
  category: "beans", taxClass: "packaged_food", ...IN_PARCELS,
  products: [
    beans("BEA-ORD", 990, ["Ordit house espresso", "Espresso maison Ordit", "Hausespresso Ordit", "Espresso de la casa Ordit"],
      ["Ordit is the warp: the blend under every drink we pour. Cocoa, hazelnut, plum.", "Ordit, c’est la chaîne du tissu : le mélange de toutes nos tasses. Cacao, noisette, prune.", "Ordit ist die Kette im Gewebe: die Mischung in jeder unserer Tassen. Kakao, Haselnuss, Pflaume.", "L’ordit és el que ho aguanta tot: la barreja de totes les nostres tasses. Cacau, avellana, pruna."],
      bag("cream", color.terracotta, color.paper, color.night, "weave")),
    beans("BEA-TRA", 1090, ["Trama filter blend", "Mélange filtre Trama", "Filtermischung Trama", "Barreja de filtre Trama"],
      ["The weft: lighter, sweeter, made for filter. Honey, apricot, black tea.", "La trame : plus claire, plus douce, faite pour le filtre. Miel, abricot, thé noir.", "Der Schuss: heller, süßer, für Filter gemacht. Honig, Aprikose, Schwarztee.", "La trama: més clara i dolça, feta per a filtre. Mel, albercoc, te negre."],
      bag("sage", color.kraft, color.white, color.terracotta, "weave")),
    beans("BEA-DEC", 1090, ["Decaf, washed with water", "Décaféiné à l’eau", "Entkoffeiniert, mit Wasser", "Descafeïnat amb aigua"],
      ["All the evening, none of the caffeine. Caramel, malt.", "Tout le soir, sans la caféine. Caramel, malt.", "Der ganze Abend, ohne Koffein. Karamell, Malz.", "Tot el vespre, sense cafeïna. Caramel, malta."],
      bag("lilac", color.dusk, color.paper, color.sky, "dots")),
    beans("BEA-ETH", 1390, ["Ethiopia, Guji highlands", "Éthiopie, hauts plateaux de Guji", "Äthiopien, Hochland von Guji", "Etiòpia, altiplà de Guji"],
      ["Natural, like a basket of berries. Blueberry, jasmine.", "Nature, comme un panier de baies. Myrtille, jasmin.", "Natürlich aufbereitet, wie ein Korb Beeren. Blaubeere, Jasmin.", "Natural, com un cistell de baies. Nabiu, gessamí."],
      bag("butter", color.plum, color.blush, color.mustard, "check")),
    beans("BEA-COL", 1290, ["Colombia, Huila", "Colombie, Huila", "Kolumbien, Huila", "Colòmbia, Huila"],
      ["Washed, round and red. Cherry, cane sugar.", "Lavé, rond et rouge. Cerise, sucre de canne.", "Gewaschen, rund und rot. Kirsche, Rohrzucker.", "Rentat, rodó i vermell. Cirera, sucre de canya."],
      bag("sky", color.cherry, color.paper, color.mustard, "stripe")),
    beans("BEA-GUA", 1290, ["Guatemala, lake villages", "Guatemala, villages du lac", "Guatemala, Dörfer am See", "Guatemala, pobles del llac"],
      ["From small plots at the lake. Milk chocolate, orange.", "De petites parcelles au bord du lac. Chocolat au lait, orange.", "Von kleinen Feldern am See. Milchschokolade, Orange.", "De petites parcel·les vora el llac. Xocolata amb llet, taronja."],
      bag("blush", color.lagoon, color.white, color.orange, "check")),
    beans("BEA-BRA", 1090, ["Brazil, Cerrado", "Brésil, Cerrado", "Brasilien, Cerrado", "Brasil, Cerrado"],
      ["Low in acid, heavy in body. Peanut brittle, cocoa.", "Peu acide, beaucoup de corps. Nougatine, cacao.", "Wenig Säure, viel Körper. Krokant, Kakao.", "Poca acidesa, molt de cos. Crocant, cacau."],
      bag("stone", color.pine, color.oat, color.mustard, "band")),
    beans("BEA-KEN", 1490, ["Kenya, slopes of Nyeri", "Kenya, pentes de Nyeri", "Kenia, Hänge von Nyeri", "Kenya, vessants de Nyeri"],
      ["Bright as a bell. Blackcurrant, grapefruit.", "Vif comme une cloche. Cassis, pamplemousse.", "Klar wie eine Glocke. Johannisbeere, Grapefruit.", "Viu com una campana. Grosella negra, aranja."],
      bag("sand", color.night, color.rose, color.rose, "stripe")),
  ],
};

// oxfmt-ignore
export const pantry: Section = {
  category: "pantry", taxClass: "packaged_food", ...IN_PARCELS,
  products: [
    {
      sku: "PAN-TEG", price: 1190,
      name: ["Earl Grey, loose leaf", "Earl Grey en vrac", "Earl Grey, lose", "Earl Grey a granel"],
      about: ["100 g tin of black tea with bergamot.", "Boîte de 100 g de thé noir à la bergamote.", "Dose mit 100 g Schwarztee mit Bergamotte.", "Llauna de 100 g de te negre amb bergamota."],
      picture: { tint: "sky", kind: "tin", paint: color.dusk, label: color.oat, mark: "check" },
    },
    {
      sku: "PAN-TEV", price: 1090,
      name: ["Lemon verbena leaves", "Feuilles de verveine", "Zitronenverbene, Blätter", "Fulles de marialluïsa"],
      about: ["40 g tin of whole leaves, dried in the shade.", "Boîte de 40 g de feuilles entières, séchées à l’ombre.", "Dose mit 40 g ganzen Blättern, im Schatten getrocknet.", "Llauna de 40 g de fulles senceres, assecades a l’ombra."],
      picture: { tint: "cream", kind: "tin", paint: color.sage, label: color.white, mark: "dots" },
    },
    {
      sku: "PAN-CHP", price: 990, allergens: ["soy"],
      name: ["Drinking chocolate", "Chocolat à boire", "Trinkschokolade", "Xocolata a la tassa"],
      about: ["250 g tin of grated dark chocolate.", "Boîte de 250 g de chocolat noir râpé.", "Dose mit 250 g geraspelter dunkler Schokolade.", "Llauna de 250 g de xocolata negra ratllada."],
      picture: { tint: "blush", kind: "tin", paint: color.chocolate, label: color.clay, mark: "stripe" },
    },
    {
      sku: "PAN-BAR", price: 490, taxClass: "confectionery", allergens: ["soy"],
      name: ["Dark chocolate 72 %", "Chocolat noir 72 %", "Dunkle Schokolade 72 %", "Xocolata negra 72 %"],
      about: ["80 g bar with a few crushed coffee beans.", "Tablette de 80 g avec quelques éclats de café.", "Tafel mit 80 g und ein paar Kaffeesplittern.", "Rajola de 80 g amb trossets de cafè."],
      picture: { tint: "butter", kind: "bar", wrapper: color.plum, accent: color.mustard, content: color.chocolate },
    },
    {
      sku: "PAN-MIL", price: 450, taxClass: "confectionery", diet: "vegetarian", allergens: ["milk", "nuts", "soy"],
      name: ["Milk chocolate with hazelnuts", "Chocolat au lait et noisettes", "Vollmilchschokolade mit Haselnüssen", "Xocolata amb llet i avellanes"],
      about: ["80 g bar, whole roasted hazelnuts.", "Tablette de 80 g aux noisettes entières grillées.", "Tafel mit 80 g, ganze geröstete Haselnüsse.", "Rajola de 80 g amb avellanes torrades senceres."],
      picture: { tint: "sage", kind: "bar", wrapper: color.lagoon, accent: color.oat, content: color.cocoa },
    },
    {
      sku: "PAN-GRA", price: 790, allergens: ["gluten", "nuts"],
      name: ["House granola", "Granola maison", "Granola des Hauses", "Granola de la casa"],
      about: ["350 g of oats, almonds and honeyed seeds.", "350 g d’avoine, d’amandes et de graines au miel.", "350 g Hafer, Mandeln und Kerne mit Honig.", "350 g de civada, ametlles i llavors amb mel."],
      diet: "vegetarian", picture: { tint: "lilac", kind: "jar", content: color.crust, lid: color.night, label: color.paper },
    },
    {
      sku: "PAN-HON", price: 850, diet: "vegetarian",
      name: ["Mountain honey", "Miel de montagne", "Berghonig", "Mel de muntanya"],
      about: ["250 g jar from hives above the tree line.", "Pot de 250 g, ruches d’altitude.", "Glas mit 250 g von Bienenstöcken über der Baumgrenze.", "Pot de 250 g, de ruscs d’alta muntanya."],
      picture: { tint: "stone", kind: "jar", content: color.golden, lid: color.mustard, label: color.white },
    },
    {
      sku: "PAN-BIS", price: 690, diet: "vegetarian", taxClass: "confectionery", allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Almond biscuits", "Biscuits aux amandes", "Mandelkekse", "Carquinyolis"],
      about: ["200 g box of twice-baked biscuits, made for dipping.", "Boîte de 200 g de biscuits cuits deux fois, à tremper.", "Schachtel mit 200 g doppelt gebackenen Keksen zum Eintunken.", "Capsa de 200 g de galetes cuites dues vegades, per sucar."],
      picture: { tint: "sand", kind: "box", paper: color.clay, accent: color.paper, mark: "weave" },
    },
  ],
};

const glazes: readonly (readonly [ending: string, name: Four, glaze: Color, accent: Color, tint: Tint])[] = [
  ["TER", ["Terracotta", "Terre cuite", "Terrakotta", "Terracota"], color.terracotta, color.blush, "cream"],
  ["MOS", ["Moss", "Mousse", "Moos", "Molsa"], color.moss, color.oat, "butter"],
  ["DUS", ["Dusk", "Crépuscule", "Dämmerung", "Capvespre"], color.dusk, color.sky, "stone"],
  ["OAT", ["Oat", "Avoine", "Hafer", "Civada"], color.oat, color.terracotta, "sage"],
];

/** One variant per glaze, each with its own picture. */
function inGlazes(size: "espresso" | "mug" | "bowl" | "pair", pattern: Pattern, price: number): VariantSketch[] {
  return glazes.map(([ending, name, glaze, accent, tint]) => ({
    ending,
    name,
    price,
    picture: { tint, kind: "mug", size, glaze, accent, pattern },
  }));
}

// oxfmt-ignore
export const cups: Section = {
  category: "cups", taxClass: "goods", ...IN_PARCELS,
  products: [
    {
      sku: "MUG-WEA", price: 1890, variants: inGlazes("mug", "weave", 1890),
      name: ["Woven mug", "Mug tissé", "Webmuster-Becher", "Tassa teixida"],
      about: ["Stoneware, 30 cl, with the weave of our house.", "Grès, 30 cl, au motif tissé de la maison.", "Steinzeug, 30 cl, mit unserem Webmuster.", "Gres, 30 cl, amb el nostre dibuix teixit."],
      picture: { tint: "cream", kind: "mug", size: "mug", glaze: color.terracotta, accent: color.blush, pattern: "weave" },
    },
    {
      sku: "MUG-DRI", price: 1690, variants: inGlazes("mug", "drip", 1690),
      name: ["Dipped mug", "Mug trempé", "Getauchter Becher", "Tassa banyada"],
      about: ["Bare clay below, glaze above; no two are alike.", "Argile brute en bas, émail en haut ; jamais deux pareils.", "Unten roher Ton, oben Glasur; keiner gleicht dem anderen.", "Fang nu a baix, esmalt a dalt; no n’hi ha dues d’iguals."],
      picture: { tint: "sand", kind: "mug", size: "mug", glaze: color.moss, accent: color.kraft, pattern: "drip" },
    },
    {
      sku: "MUG-ESP", price: 2490, variants: inGlazes("pair", "band", 2490),
      name: ["Pair of espresso cups", "Duo de tasses à espresso", "Zwei Espressotassen", "Parella de tasses de cafè"],
      about: ["Thick walls, 8 cl, for two.", "Parois épaisses, 8 cl, à deux.", "Dicke Wände, 8 cl, für zwei.", "Parets gruixudes, 8 cl, per a dos."],
      picture: { tint: "blush", kind: "mug", size: "pair", glaze: color.terracotta, accent: color.paper, pattern: "band" },
    },
    {
      sku: "MUG-BOL", price: 1990,
      name: ["Breakfast bowl", "Bol du matin", "Frühstücksschale", "Bol d’esmorzar"],
      about: ["For coffee with milk, or for soup; 45 cl.", "Pour le café au lait, ou la soupe ; 45 cl.", "Für Milchkaffee oder Suppe; 45 cl.", "Per al cafè amb llet, o per a la sopa; 45 cl."],
      picture: { tint: "sky", kind: "mug", size: "bowl", glaze: color.white, accent: color.dusk, pattern: "stripe" },
    },
    {
      sku: "MUG-GLA", price: 2290,
      name: ["Set of four glasses", "Lot de quatre verres", "Vier Gläser", "Joc de quatre gots"],
      about: ["Pressed glass for cortado, iced tea or wine.", "Verre pressé pour cortado, thé glacé ou vin.", "Pressglas für Cortado, Eistee oder Wein.", "Vidre premsat per al tallat, el te fred o el vi."],
      picture: { tint: "sage", kind: "gear", thing: "glasses", paint: color.sky, accent: color.lagoon },
    },
    {
      sku: "MUG-TUM", price: 2690,
      name: ["Travel tumbler", "Gobelet de voyage", "Reisebecher", "Got de viatge"],
      about: ["Double steel wall, 35 cl, closes tight.", "Double paroi d’acier, 35 cl, bien étanche.", "Doppelwandiger Stahl, 35 cl, schließt dicht.", "Doble paret d’acer, 35 cl, tanca hermètic."],
      picture: { tint: "butter", kind: "travel", shape: "tumbler", paint: color.terracotta, accent: color.night },
      variants: [
        { ending: "TER", name: ["Terracotta", "Terre cuite", "Terrakotta", "Terracota"], price: 2690 },
        { ending: "PIN", name: ["Pine", "Sapin", "Tanne", "Pi"], price: 2690, picture: { tint: "sand", kind: "travel", shape: "tumbler", paint: color.pine, accent: color.oat } },
      ],
    },
    {
      sku: "MUG-FLA", price: 3290,
      name: ["Insulated flask", "Gourde isotherme", "Thermosflasche", "Ampolla tèrmica"],
      about: ["Keeps coffee hot for eight hours; half a liter.", "Garde le café chaud huit heures ; un demi-litre.", "Hält Kaffee acht Stunden heiß; ein halber Liter.", "Manté el cafè calent vuit hores; mig litre."],
      picture: { tint: "lilac", kind: "travel", shape: "flask", paint: color.dusk, accent: color.mustard },
    },
  ],
};

// oxfmt-ignore
export const brewingGear: Section = {
  category: "brew", taxClass: "goods", ...IN_PARCELS,
  products: [
    {
      sku: "GEA-DRI", price: 2490,
      name: ["Ceramic dripper", "Porte-filtre en céramique", "Handfilter aus Keramik", "Portafiltre de ceràmica"],
      about: ["For one to two cups, with spiral ribs.", "Pour une à deux tasses, à nervures en spirale.", "Für ein bis zwei Tassen, mit Spiralrippen.", "Per a una o dues tasses, amb solcs en espiral."],
      picture: { tint: "blush", kind: "gear", thing: "dripper", paint: color.terracotta, accent: color.coffee },
    },
    {
      sku: "GEA-CAR", price: 4490,
      name: ["Hourglass carafe", "Carafe sablier", "Sanduhr-Karaffe", "Cafetera de rellotge de sorra"],
      about: ["Glass with a wooden collar, for six cups.", "Verre et collier de bois, pour six tasses.", "Glas mit Holzkragen, für sechs Tassen.", "Vidre amb collar de fusta, per a sis tasses."],
      picture: { tint: "sage", kind: "gear", thing: "carafe", paint: color.kraft, accent: color.coffee },
    },
    {
      sku: "GEA-PRE", price: 3490,
      name: ["French press", "Cafetière à piston", "Stempelkanne", "Cafetera d’èmbol"],
      about: ["Half a liter, steel frame, fine mesh.", "Un demi-litre, armature d’acier, filtre fin.", "Ein halber Liter, Stahlrahmen, feines Sieb.", "Mig litre, marc d’acer i malla fina."],
      picture: { tint: "sand", kind: "gear", thing: "press", paint: color.steel, accent: color.coffee },
    },
    {
      sku: "GEA-MOK", price: 2990,
      name: ["Moka pot", "Cafetière italienne", "Herdkanne", "Cafetera italiana"],
      about: ["Three cups on any stove, induction too.", "Trois tasses sur tous les feux, induction comprise.", "Drei Tassen auf jedem Herd, auch Induktion.", "Tres tasses en qualsevol foc, també inducció."],
      picture: { tint: "sky", kind: "gear", thing: "moka", paint: color.steel, accent: color.night },
    },
    {
      sku: "GEA-GRI", price: 6990,
      name: ["Hand grinder", "Moulin à main", "Handmühle", "Molinet de mà"],
      about: ["Steel burrs, thirty settings, an arm that gets stronger.", "Meules en acier, trente réglages, un bras qui se muscle.", "Stahlmahlwerk, dreißig Stufen, ein Arm, der stärker wird.", "Moles d’acer, trenta graus i un braç cada cop més fort."],
      picture: { tint: "cream", kind: "gear", thing: "grinder", paint: color.night, accent: color.kraft },
    },
    {
      sku: "GEA-KET", price: 5990,
      name: ["Gooseneck kettle", "Bouilloire col de cygne", "Schwanenhalskessel", "Bullidor de coll de cigne"],
      about: ["A thin stream, exactly where you want it.", "Un filet d’eau, juste où il faut.", "Ein feiner Strahl, genau dort, wo er hin soll.", "Un raig fi, just on el vols."],
      picture: { tint: "stone", kind: "gear", thing: "kettle", paint: color.pine, accent: color.kraft },
    },
    {
      sku: "GEA-SCA", price: 3990,
      name: ["Coffee scale with timer", "Balance à café avec minuteur", "Kaffeewaage mit Timer", "Bàscula de cafè amb temporitzador"],
      about: ["To a tenth of a gram, charged by USB-C.", "Au dixième de gramme, recharge par USB-C.", "Auf ein Zehntelgramm genau, geladen über USB-C.", "Al desè de gram, es carrega per USB-C."],
      picture: { tint: "butter", kind: "gear", thing: "scale", paint: color.night, accent: color.sage },
    },
    {
      sku: "GEA-FIL", price: 590,
      name: ["Paper filters, 100", "Filtres en papier, 100", "Papierfilter, 100 Stück", "Filtres de paper, 100"],
      about: ["Unbleached, for dripper and carafe.", "Non blanchis, pour porte-filtre et carafe.", "Ungebleicht, für Handfilter und Karaffe.", "Sense blanquejar, per a portafiltre i cafetera."],
      picture: { tint: "lilac", kind: "gear", thing: "filters", paint: color.kraft, accent: color.paper },
    },
    {
      sku: "GEA-PIT", price: 2190,
      name: ["Milk pitcher", "Pichet à lait", "Milchkännchen", "Gerra per a la llet"],
      about: ["Steel, 35 cl, with a beak for drawing hearts.", "Acier, 35 cl, avec un bec pour dessiner des cœurs.", "Stahl, 35 cl, mit Schnabel für Herzen.", "Acer, 35 cl, amb un bec per dibuixar cors."],
      picture: { tint: "blush", kind: "gear", thing: "pitcher", paint: color.steel, accent: color.milk },
    },
    {
      sku: "GEA-TOT", price: 1490,
      name: ["Cotton tote", "Sac en coton", "Baumwolltasche", "Bossa de cotó"],
      about: ["Undyed cotton, printed with our thread.", "Coton écru, imprimé de notre fil.", "Ungefärbte Baumwolle, bedruckt mit unserem Faden.", "Cotó cru, estampat amb el nostre fil."],
      picture: { tint: "sage", kind: "gear", thing: "tote", paint: color.oat, accent: color.terracotta },
    },
  ],
};
