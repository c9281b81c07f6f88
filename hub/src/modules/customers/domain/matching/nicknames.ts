/** Short and familiar forms beside their full name, one group a line; a name may stand in several. English, French, German, Catalan, Spanish. */
const GROUPS = `
abigail abby gail
albert al bert bertie
alexander alex alec sandy sasha xander alejandro alexandre aleix
alexandra alex sandra sasha alejandra
alfred fred freddie alf alfie alfredo
alphonse alphonso alfons alfonso
alice ali alicia
amelia amy millie emilia
andrew andy drew andre andreas andres andreu
anthony tony anton antonio antoine toni antoni
anna ann anne annie nan nancy hannah ana aina anita anni
archibald archie
arthur art artie arturo artur
barbara babs barb barbie babette
bartholomew bart barthelemy bartolome
beatrice bea trixie beatriz beatrix
benjamin ben benny benji benoit
bernard bernie bernhard bernardo bernat
catherine cathy kate katie kathy kitty kay katherine catharine kathryn katharina kathrin karin catalina caterina katrin kati
charles charlie chuck carl karl charley carlos carles chas
charlotte lottie charlie carlota lotte
christian chris kris cristian
christina chris chrissy tina christine kristina cristina kirsten
christopher chris kit topher christophe christoph cristobal cristofol
clement clem clemens
cornelius con neil
cynthia cindy
daniel dan danny dani
david dave davy davey
deborah deb debbie debby
dominic dom nick dominique domingo domenec
donald don donnie
dorothy dot dottie dolly dorothea dora
douglas doug
edmund ed eddie ned ted edmond
edward ed eddie ned ted teddy eduard eduardo edouard
eleanor ellie nell nellie nora leonor elinor elanor
elizabeth liz lizzie beth betty bess bessie eliza elise lisa libby elisabeth lisbeth elsbeth isabel else elsa elspeth elisabet betsy
emily em emmy millie emilie emilia
emmanuel manny manu manuel manolo
ernest ernie ernst ernesto
eugene gene eugen eugenio
ferdinand fernando ferran
florence flo flossie florencia
frances fran fanny francie frankie francoise francisca francesca
francis frank frankie francois franz francisco francesc cesc paco pancho xisco fran
frederick fred freddie freddy fritz frederic friedrich federico frederik frederic fredrick
gabriel gabe gabi gabriele
geoffrey geoff jeff jeffrey
george georgie georg jorge jordi georges
gerald gerry jerry gerard gerhard gerardo
gertrude gertie trudy
gregory greg gregor gregorio
guillaume gui william guillem guillermo wilhelm willi
gustav gus gustave gustavo
harold harry hal harald
helen nell nellie ellen helena elena lena helene
henry harry hank hal henri heinrich heinz enrique enric heiner quique
herbert herb bert bertie heribert
horatio horace
hubert bert hugh hubertus
hugh hugo hughie hughes hugues
ignatius ignacio nacho ignasi ignace
isaac ike
isabella bella izzy isabel isabelle belle isobel ysabel
jacob jake jakob jacobo jacques
james jim jimmy jamie jem jaime jaume jacques jacobo
jane janie jenny jean jana janet
jeremy jerry jeremiah jeremias
jessica jess jessie
joan juana johanna jeanne jane
john johnny jack jon ian jean johann johannes hans juan joan jan johnnie evan ivan hannes sean
jonathan jon johnny nathan jonatan
joseph joe joey jo josef jose josep pepe pep sepp giuseppe
josephine jo josie fifi josefa josefine josefina pepa
joshua josh
judith judy judit
julia julie jill juliette juliana
julian jules julien juli julius
katherine kate kit kitty
kenneth ken kenny
laurence larry lawrence laurie lorenz lorenzo laurent llorenc lars
leonard len lenny leo leonhard leonardo lennie
leopold leo poldi
lewis lou louie louis lew ludwig luis lluis lutz
lillian lily lil lilian
louisa lou louise lulu luisa lluisa luise
lucas luke luc lluc lukas
lucy lucie lucia lulu
madeleine maddie lena magdalena madeline
margaret maggie meg peg peggy marge madge greta rita margarita margarete margarethe marguerite margarida gretchen margot daisy
mark marc marcus markus marcos
martha marty mattie marta
martin marty marti martinus
mary molly polly mae maria marie mamie minnie may marion mia maire
matilda tilly mattie mathilde
matthew matt matty matthias mateo mateu mathieu matthieu mathias
maurice moritz mauricio maurici morris
maximilian max maximilien maxim
michael mike mick mickey mikey michel miguel miquel michail micha mitch
mildred millie
mohammed mo mohamed muhammad mohammad mehmet
nathaniel nat nate nathan
nicholas nick nicky nicolas nikolaus klaus niklas nicolau nico claus colin
oliver ollie olivier noll
oswald ozzie
patricia pat patty tricia trish patsy
patrick pat paddy patricio patrice
paul pauli pablo pau paulus
penelope penny
peter pete pierre pedro pere petrus
philip phil pip philippe felipe philipp felip
priscilla cilla
rachel rae raquel rahel
ralph raoul raul rolf
raymond ray raimund ramon raimundo
rebecca becky becca rebekka
reginald reg reggie rex
richard dick rick ricky rich richie ricard ricardo
robert bob bobby rob robbie bert robin roberto rupert
roger rodge rog rogelio roger rudiger
roland rolly rolando
ronald ron ronnie
rosemary rose rosie romy
rudolph rudi rudolf rodolfo rudy
samantha sam sammy
samuel sam sammy
sarah sally sadie sara
sebastian seb bastian sebastien sebastia basti
sigmund sigi siegmund
sophia sophie sofia sophy
stanley stan
stephanie steph stefanie estefania
stephen steve stevie steven stefan stephan etienne esteban esteve
susan sue susie suzie susanna suzanne susanne susana
sylvester sly silvester
sylvia silvia sylvie
terence terry terrance
theodore ted teddy theo theodor teodoro
theresa terry tess tessa teresa therese resi
thomas tom tommy thom tomas
timothy tim timmy
ursula ulla uschi
valentine val valentin
veronica ronnie vera veronika veronique
victor vic vick viktor
victoria vicky vicki tori viktoria
vincent vince vinnie vinzenz vicente vicenc
virginia ginny ginger
walter walt wally wat walther gautier
wilfred wilf fred wilfried
william bill billy will willie willy liam guillem wilhelm guillermo guillaume
wilhelmina mina minnie wilma
winifred winnie freda
zachary zach zack
`;

const groupsOf = new Map<string, number[]>();
GROUPS.trim()
  .split("\n")
  .forEach((line, group) => {
    for (const name of new Set(line.split(" "))) groupsOf.set(name, [...(groupsOf.get(name) ?? []), group]);
  });

/** Whether two folded names are forms of one: `bill` and `william`, `pep` and `josep`. */
export function isSameNameForm(a: string, b: string): boolean {
  const groups = groupsOf.get(a);
  const others = groups && groupsOf.get(b);
  return others !== undefined && groups !== undefined && groups.some((group) => others.includes(group));
}

/** The first of the groups that a name stands in, so that forms of a name may share a block; undefined for a name without familiar forms. */
export function nameForm(folded: string): number | undefined {
  return groupsOf.get(folded)?.[0];
}
