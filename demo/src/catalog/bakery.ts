import { color } from "../pictures/colors.ts";
import type { Section } from "./sketch.ts";

/** Baked in the morning; counted, and most can be warmed. */
// oxfmt-ignore
export const pastries: Section = {
  category: "pastry", taxClass: "prepared_food", isTracked: true, isShippable: false, station: "counter", prepSeconds: 15, diet: "vegetarian",
  products: [
    {
      sku: "PAS-CRO", price: 190, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Butter croissant", "Croissant au beurre", "Buttercroissant", "Croissant de mantega"],
      about: ["Twenty-seven layers and a crust that crackles.", "Vingt-sept feuilles et une croûte qui craque.", "Siebenundzwanzig Schichten und eine Kruste, die knistert.", "Vint-i-set capes i una crosta que cruix."],
      picture: { tint: "cream", kind: "croissant", dough: color.golden2, topping: "none", filling: color.dough },
    },
    {
      sku: "PAS-ALM", price: 320, allergens: ["gluten", "milk", "egg", "nuts"], options: ["serve"],
      name: ["Almond croissant", "Croissant aux amandes", "Mandelcroissant", "Croissant d’ametlla"],
      about: ["Filled with almond cream, baked twice, dusted with sugar.", "Fourré de crème d’amande, cuit deux fois, poudré de sucre.", "Mit Mandelcreme gefüllt, zweimal gebacken, mit Zucker bestäubt.", "Farcit de crema d’ametlla, cuit dues vegades i ensucrat."],
      picture: { tint: "blush", kind: "croissant", dough: color.crust, topping: "almond", filling: color.almond },
    },
    {
      sku: "PAS-PIS", price: 350, allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Pistachio croissant", "Croissant à la pistache", "Pistaziencroissant", "Croissant de pistatxo"],
      about: ["Split and filled with green pistachio cream.", "Ouvert et garni d’une crème de pistache bien verte.", "Aufgeschnitten und mit grüner Pistaziencreme gefüllt.", "Obert i farcit de crema de pistatxo ben verda."],
      picture: { tint: "sage", kind: "croissant", dough: color.golden2, topping: "pistachio", filling: color.pistachio },
    },
    {
      sku: "PAS-HAM", price: 390, diet: "other", allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Ham and cheese croissant", "Croissant jambon fromage", "Schinken-Käse-Croissant", "Croissant de pernil i formatge"],
      about: ["Cooked ham and Comté in a warm croissant.", "Jambon blanc et comté dans un croissant chaud.", "Kochschinken und Comté im warmen Croissant.", "Pernil dolç i formatge comté en un croissant calent."],
      picture: { tint: "sky", kind: "croissant", dough: color.crust, topping: "filled", filling: color.ham },
    },
    {
      sku: "PAS-CHO", price: 220, allergens: ["gluten", "milk", "egg", "soy"], options: ["serve"],
      name: ["Pain au chocolat", "Pain au chocolat", "Schokobrötchen", "Napolitana de xocolata"],
      about: ["Two sticks of dark chocolate in buttery layers.", "Deux barres de chocolat noir dans un feuilletage au beurre.", "Zwei Stangen dunkle Schokolade in Butterblätterteig.", "Dues barretes de xocolata negra entre capes de mantega."],
      picture: { tint: "sand", kind: "pain", dough: color.golden2, filling: color.chocolate },
    },
    {
      sku: "PAS-RAI", price: 260, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Pain aux raisins", "Pain aux raisins", "Rosinenschnecke", "Caragol de panses"],
      about: ["A snail of custard and plump raisins.", "Un escargot de crème et de raisins bien gonflés.", "Eine Schnecke mit Creme und saftigen Rosinen.", "Un caragol de crema amb panses sucoses."],
      picture: { tint: "butter", kind: "spiral", dough: color.golden2, filling: color.dough, topping: "raisins" },
    },
    {
      sku: "PAS-CIN", price: 330, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Cinnamon roll", "Roulé à la cannelle", "Zimtschnecke", "Rotlle de canyella"],
      about: ["Soft, sticky, with cream cheese icing.", "Moelleux, collant, glacé au fromage frais.", "Weich, klebrig, mit Frischkäseguss.", "Tou, enganxós, amb glaça de formatge fresc."],
      picture: { tint: "lilac", kind: "spiral", dough: color.crust, filling: color.cocoa, topping: "icing" },
    },
    {
      sku: "PAS-FRA", price: 240, allergens: ["gluten", "milk"], options: ["serve"],
      name: ["Franzbrötchen", "Franzbrötchen de Hambourg", "Franzbrötchen", "Franzbrötchen d’Hamburg"],
      about: ["Pressed cinnamon pastry from Hamburg, crisp at the edge.", "Feuilleté pressé à la cannelle, croustillant sur les bords.", "Gedrücktes Zimtgebäck aus Hamburg, am Rand knusprig.", "Pasta premsada de canyella, cruixent a les vores."],
      picture: { tint: "stone", kind: "spiral", dough: color.crust, filling: color.bake, topping: "none" },
    },
    {
      sku: "PAS-ENS", price: 280, allergens: ["gluten", "egg"], diet: "other",
      name: ["Ensaïmada", "Ensaïmada", "Ensaïmada", "Ensaïmada"],
      about: ["A coil of airy dough under powdered sugar.", "Une spirale de pâte aérienne sous le sucre glace.", "Eine Spirale aus luftigem Teig unter Puderzucker.", "Una espiral de pasta esponjosa amb sucre de llustre."],
      picture: { tint: "sky", kind: "spiral", dough: color.dough, filling: color.crust, topping: "sugar" },
    },
    {
      sku: "PAS-XUI", price: 310, allergens: ["gluten", "milk", "egg"],
      name: ["Xuixo", "Xuixo de Gérone", "Xuixo aus Girona", "Xuixo de crema"],
      about: ["Fried, filled with custard, rolled in sugar: Girona’s own.", "Frit, fourré de crème, roulé dans le sucre : une fierté de Gérone.", "Frittiert, mit Creme gefüllt, in Zucker gewälzt: aus Girona.", "Fregit, farcit de crema i arrebossat de sucre: ben gironí."],
      picture: { tint: "blush", kind: "fried", shape: "roll", topping: "sugar", filling: color.dough },
    },
    {
      sku: "PAS-BER", price: 240, allergens: ["gluten", "milk", "egg"],
      name: ["Jam doughnut", "Boule de Berlin", "Berliner", "Bunyol de melmelada"],
      about: ["Filled with sour cherry jam, the size of a fist.", "Fourrée de confiture de griotte, grosse comme le poing.", "Mit Sauerkirschkonfitüre gefüllt, faustgroß.", "Farcit de melmelada de cirera, gros com un puny."],
      picture: { tint: "cream", kind: "fried", shape: "ball", topping: "powder", filling: color.cherry },
    },
    {
      sku: "PAS-BRI", price: 250, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Brioche", "Brioche à tête", "Brioche", "Brioix"],
      about: ["Golden, buttery and as light as a pillow.", "Dorée, beurrée, légère comme un oreiller.", "Golden, buttrig und leicht wie ein Kissen.", "Daurat, mantegós i lleuger com un coixí."],
      picture: { tint: "sage", kind: "brioche", dough: color.golden2, topping: "none" },
    },
    {
      sku: "PAS-PRA", price: 340, allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Praline brioche", "Brioche aux pralines", "Brioche mit rosa Pralinen", "Brioix amb praliné rosa"],
      about: ["Lyon’s pink pralines, melted into brioche.", "Les pralines roses de Lyon, fondues dans la brioche.", "Lyons rosa Pralinen, in die Brioche geschmolzen.", "El praliné rosa de Lió, fos dins del brioix."],
      picture: { tint: "butter", kind: "brioche", dough: color.crust, topping: "praline" },
    },
    {
      sku: "PAS-PRE", price: 230, allergens: ["gluten", "milk"],
      name: ["Buttered pretzel", "Bretzel au beurre", "Butterbrezel", "Brètzel amb mantega"],
      about: ["Lye pretzel with a thick line of salted butter.", "Bretzel alsacien et une belle couche de beurre salé.", "Laugenbrezel mit dick gesalzener Butter.", "Brètzel amb una bona capa de mantega salada."],
      picture: { tint: "sand", kind: "pretzel", dough: color.bake, filling: color.cheese },
    },
    {
      sku: "PAS-APP", price: 270, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Apple turnover", "Chausson aux pommes", "Apfeltasche", "Pasta de poma"],
      about: ["Stewed apples in a crisp half moon.", "Une compote de pommes dans une demi-lune croustillante.", "Geschmorte Äpfel im knusprigen Halbmond.", "Compota de poma en una mitja lluna cruixent."],
      picture: { tint: "stone", kind: "turnover", dough: color.golden2 },
    },
    {
      sku: "BRD-LOF", price: 560, taxClass: "bread", diet: "vegan", allergens: ["gluten"],
      name: ["Country loaf", "Pain de campagne", "Landbrot", "Pa de pagès"],
      about: ["Sourdough loaf of 700 g, baked on stone.", "Pain au levain de 700 g, cuit sur pierre.", "Sauerteigbrot, 700 g, auf Stein gebacken.", "Pa de massa mare de 700 g, cuit sobre pedra."],
      picture: { tint: "lilac", kind: "loaf", dough: color.bake, bits: color.sugar, isWhole: true },
    },
  ],
};

/** By the slice and by the piece. */
// oxfmt-ignore
export const cakes: Section = {
  category: "cake", taxClass: "prepared_food", isTracked: true, isShippable: false, station: "counter", prepSeconds: 20, diet: "vegetarian",
  products: [
    {
      sku: "CAK-CAR", price: 450, allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Carrot cake", "Gâteau aux carottes", "Karottenkuchen", "Pastís de pastanaga"],
      about: ["Walnuts, spice and cream cheese icing.", "Noix, épices et glaçage au fromage frais.", "Walnüsse, Gewürze und Frischkäseguss.", "Nous, espècies i glaça de formatge fresc."],
      picture: { tint: "sky", kind: "slice", layers: [color.carrotDough, color.sugar, color.carrotDough], icing: color.sugar, decoration: "carrot" },
    },
    {
      sku: "CAK-CHE", price: 460, allergens: ["gluten", "milk", "egg"],
      name: ["Cheesecake", "Gâteau au fromage blanc", "Käsekuchen", "Pastís de formatge"],
      about: ["Tall, creamy, browned on top.", "Haut, crémeux, doré sur le dessus.", "Hoch, cremig, oben gebräunt.", "Alt, cremós i torrat per sobre."],
      picture: { tint: "blush", kind: "slice", layers: [color.crust, color.brie, color.brie], icing: color.golden2, decoration: "berry" },
    },
    {
      sku: "CAK-CHO", price: 470, allergens: ["gluten", "milk", "egg", "soy"],
      name: ["Chocolate layer cake", "Gâteau étagé au chocolat", "Schokoladentorte", "Pastís de xocolata"],
      about: ["Three floors of sponge and dark ganache.", "Trois étages de génoise et de ganache noire.", "Drei Böden Biskuit mit dunkler Ganache.", "Tres pisos de pa de pessic amb ganache negra."],
      picture: { tint: "butter", kind: "slice", layers: [color.cocoa, color.crema, color.cocoa], icing: color.chocolate, decoration: "nut" },
    },
    {
      sku: "CAK-RED", price: 470, allergens: ["gluten", "milk", "egg"],
      name: ["Beetroot velvet", "Velours betterave", "Rote-Bete-Samtkuchen", "Vellut de remolatxa"],
      about: ["Red from beetroot, with vanilla cream in between.", "Rouge de betterave, vanille entre les couches.", "Rot von Roter Bete, dazwischen Vanillecreme.", "Vermell de remolatxa, amb crema de vainilla."],
      picture: { tint: "sage", kind: "slice", layers: [color.beet, color.sugar, color.beet], icing: color.sugar, decoration: "berry" },
    },
    {
      sku: "CAK-LEM", price: 430, allergens: ["gluten", "milk", "egg"],
      name: ["Lemon meringue tart", "Tarte au citron meringuée", "Zitronen-Baiser-Tarte", "Tartaleta de llimona i merenga"],
      about: ["Sharp lemon curd, torched meringue.", "Crème de citron vive, meringue brûlée.", "Herbe Zitronencreme, geflämmtes Baiser.", "Crema de llimona ben viva i merenga cremada."],
      picture: { tint: "lilac", kind: "tart", filling: color.lemon, topping: "meringue" },
    },
    {
      sku: "CAK-APP", price: 420, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Apple tart", "Tarte aux pommes", "Apfeltarte", "Tartaleta de poma"],
      about: ["Thin slices fanned over short pastry.", "De fines tranches en éventail sur pâte brisée.", "Dünne Scheiben, gefächert auf Mürbeteig.", "Làmines fines en ventall sobre pasta trencada."],
      picture: { tint: "cream", kind: "tart", filling: color.apple, topping: "apple" },
    },
    {
      sku: "CAK-BRT", price: 450, allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Berry tart", "Tarte aux fruits rouges", "Beerentarte", "Tartaleta de fruits vermells"],
      about: ["Almond cream and berries of the day.", "Crème d’amande et fruits du jour.", "Mandelcreme und Beeren des Tages.", "Crema d’ametlla i fruits del dia."],
      picture: { tint: "sand", kind: "tart", filling: color.almond, topping: "berry" },
    },
    {
      sku: "CAK-BAN", price: 360, allergens: ["gluten", "nuts"], diet: "vegan", options: ["serve"],
      name: ["Banana bread", "Cake à la banane", "Bananenbrot", "Pa de plàtan"],
      about: ["Moist, dark, with walnuts; no butter, no eggs.", "Moelleux, brun, aux noix ; sans beurre ni œufs.", "Saftig, dunkel, mit Walnüssen; ohne Butter und Eier.", "Sucós, fosc, amb nous; sense mantega ni ous."],
      picture: { tint: "butter", kind: "loaf", dough: color.crust, bits: color.cocoa, isWhole: false },
    },
    {
      sku: "CAK-MAR", price: 330, allergens: ["gluten", "milk", "egg"],
      name: ["Marble cake", "Cake marbré", "Marmorkuchen", "Pa de pessic marbrat"],
      about: ["Vanilla and chocolate that cannot let go of each other.", "Vanille et chocolat, inséparables.", "Vanille und Schokolade, unzertrennlich.", "Vainilla i xocolata, inseparables."],
      picture: { tint: "stone", kind: "loaf", dough: color.dough, bits: color.chocolate, isWhole: false },
    },
    {
      sku: "CAK-MUF", price: 310, allergens: ["gluten", "milk", "egg"], options: ["serve"],
      name: ["Blueberry muffin", "Muffin aux myrtilles", "Blaubeermuffin", "Magdalena de nabius"],
      about: ["Full of berries, with a crumble hat.", "Plein de myrtilles, coiffé de crumble.", "Voller Beeren, mit Streuselhaube.", "Ple de nabius, amb un barret de crumble."],
      picture: { tint: "sky", kind: "muffin", dough: color.golden2, bits: color.blueberry, paper: color.dusk },
    },
    {
      sku: "CAK-MUC", price: 310, allergens: ["gluten", "milk", "egg", "soy"], options: ["serve"],
      name: ["Double chocolate muffin", "Muffin double chocolat", "Doppel-Schoko-Muffin", "Magdalena de doble xocolata"],
      about: ["Cocoa dough, chocolate chips, a soft heart.", "Pâte au cacao, pépites de chocolat, cœur fondant.", "Kakaoteig, Schokostücke, weicher Kern.", "Massa de cacau, trossets de xocolata i cor tou."],
      picture: { tint: "blush", kind: "muffin", dough: color.cocoa, bits: color.espresso, paper: color.terracotta },
    },
    {
      sku: "CAK-BRO", price: 340, allergens: ["milk", "egg", "nuts", "soy"],
      name: ["Flourless brownie", "Brownie sans farine", "Brownie ohne Mehl", "Brownie sense farina"],
      about: ["Almonds and very dark chocolate; crackled on top.", "Amandes et chocolat très noir ; craquelé dessus.", "Mandeln und sehr dunkle Schokolade; oben rissig.", "Ametlles i xocolata molt negra; clivellat per sobre."],
      picture: { tint: "sage", kind: "small-cakes", shape: "cube", colors: [color.cocoa, color.chocolate] },
    },
    {
      sku: "CAK-COO", price: 280, allergens: ["gluten", "milk", "egg", "soy"], options: ["serve"],
      name: ["Chocolate chip cookie", "Cookie aux pépites de chocolat", "Schokocookie", "Galeta amb xocolata"],
      about: ["Crisp edge, chewy middle, a pinch of salt.", "Bord croustillant, cœur tendre, une pincée de sel.", "Knuspriger Rand, weiche Mitte, eine Prise Salz.", "Vora cruixent, cor tou i un pessic de sal."],
      picture: { tint: "cream", kind: "cookie", dough: color.golden2, bits: color.chocolate },
    },
    {
      sku: "CAK-OAT", price: 270, allergens: ["gluten"], diet: "vegan",
      name: ["Oat and cranberry cookie", "Cookie avoine cranberry", "Hafer-Cranberry-Cookie", "Galeta de civada i nabiu roig"],
      about: ["Rolled oats, cranberries, maple syrup.", "Flocons d’avoine, cranberries, sirop d’érable.", "Haferflocken, Cranberrys, Ahornsirup.", "Flocs de civada, nabius rojos i xarop d’auró."],
      picture: { tint: "stone", kind: "cookie", dough: color.crust, bits: color.cherry },
    },
    {
      sku: "CAK-MAD", price: 290, allergens: ["gluten", "milk", "egg"],
      name: ["Three madeleines", "Trois madeleines", "Drei Madeleines", "Tres madalenes"],
      about: ["With lemon zest and the little hump.", "Au zeste de citron, avec leur petite bosse.", "Mit Zitronenschale und dem kleinen Buckel.", "Amb pell de llimona i la seva gepa."],
      picture: { tint: "butter", kind: "small-cakes", shape: "madeleine", colors: [color.golden2, color.crust] },
    },
    {
      sku: "CAK-FIN", price: 290, allergens: ["gluten", "milk", "egg", "nuts"],
      name: ["Two financiers", "Deux financiers", "Zwei Financiers", "Dos financers"],
      about: ["Little gold bars of almond and brown butter.", "Petits lingots d’amande et de beurre noisette.", "Kleine Goldbarren aus Mandel und brauner Butter.", "Lingots petits d’ametlla i mantega torrada."],
      picture: { tint: "lilac", kind: "small-cakes", shape: "financier", colors: [color.golden2, color.bake] },
    },
    {
      sku: "CAK-CAN", price: 300, allergens: ["gluten", "milk", "egg"],
      name: ["Canelé", "Canelé de Bordeaux", "Canelé aus Bordeaux", "Canelé de Bordeus"],
      about: ["Caramel crust, custard inside, a drop of rum.", "Croûte caramélisée, cœur de flan, une goutte de rhum.", "Karamellkruste, innen Creme, ein Tropfen Rum.", "Crosta de caramel, cor de flam i una gota de rom."],
      picture: { tint: "sand", kind: "small-cakes", shape: "canele", colors: [color.bake, color.cocoa] },
    },
    {
      sku: "CAK-MAC", price: 690, allergens: ["milk", "egg", "nuts"],
      name: ["Box of six macarons", "Coffret de six macarons", "Sechs Macarons in der Schachtel", "Capsa de sis macarons"],
      about: ["Pistachio, raspberry, coffee, lemon, vanilla and chocolate.", "Pistache, framboise, café, citron, vanille et chocolat.", "Pistazie, Himbeere, Kaffee, Zitrone, Vanille und Schokolade.", "Pistatxo, gerd, cafè, llimona, vainilla i xocolata."],
      picture: { tint: "sage", kind: "small-cakes", shape: "macaron", colors: [color.pistachio, color.rose, color.crema, color.lemon, color.oat, color.cocoa] },
    },
  ],
};
