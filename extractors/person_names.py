"""First names and surnames that are common in Belgium, the Netherlands, France, Germany, Switzerland and Britain.

General knowledge, not taken from any report. A name here is a sign of a person, never the proof of one:
`extractors.masking` also looks at what stands around it.
"""

from __future__ import annotations

from extractors.wordlist import words

FIRST_NAMES = words(
    """
    aafke aaron abdel abdelaziz abdelhak abdelkader abdellah abdelmajid abdul abdullah abigail achiel achmed
    adam adama adel adelin adeline ademar adil adjoua adnan adriaan adrian adriana adrien agathe agnes agnès
    ahmad ahmed ahmet aicha aimé aimée aisha alain alan albert alberto albrecht alessandro alex alexander
    alexandra alexandre alexandru alexia alexis alfons alfred ali alice alicia alina aline aliou alioune alix
    alma alphonse amadou amal amandine amber ambre amin amina aminata amine amir amira amélie anas anastasia
    anatole anaïs anders andrea andreas andrei andrew andries andré andrée andy angel angela angelina angelique
    angèle angélique anil anissa anita anja anke ann anna annabel anne anneke anneleen annelies anneliese
    annelore annemarie annemie annette annick annie annika anouar anouk anthony antoine antoinette anton antonia
    antonio antonius antoon ariane arianna aristide armand armin arnaud arne arno arnold artem arthur astrid
    aubin aude audrey august auguste augustin aurore aurélie aurélien ayla ayman aymen aynur ayoub ayse ayşe
    aziz aziza aïcha babette bachir baptiste barbara bart bas bastiaan bastian bastien beate beatrice beatrix
    ben benedict benjamin benny benoît berend bernadette bernard bernd bernhard bert bertha bertrand bianca
    bilal birgit bjorn björn blandine bob bogdan boris boubacar bouchra boudewijn brahim bram brandon brecht
    brenda brent brian brice bridget brigitta brigitte britt bruno bryan burak béatrice bénédicte camille carina
    carine carl carla carlo carlos carmen carol carole carolina caroline catherine cathy cecilia cemal chaimae
    chantal charles charline charlotte chiara chloé chloë chris christa christel christelle christian christiane
    christina christine christoph christophe christopher cindy claire clara claude claudia claudine claus cleo
    clotilde clémence clément clémentine colette colin coline constance constant coralie corentin corinne
    cornelia cornelis cynthia cyril cyrille cécile cédric célestin céline daan damien daniel daniela danielle
    daniëlle danny daphne dario darius dave david davy dean debbie deborah delphine denis denise deniz derya
    desiree diana diane didier dieter dietmar dimitri dina dirk djamila dolores dominik dominique donald
    donatien dorien doris dorothea dorothée douglas dounia dries driss dylan désiré ebru eddy edgar edith edmond
    edouard eduard edward edwin eef eefje ekaterina elena elias elif elina eline elisa elisabeth elise elke ella
    elle ellen elliot elodie els elsa else elsie elvira eléonore emanuel emel emile emilia emilie emily emine
    emma emmanuel emmanuelle emmy emre enrico enzo eric erica erik erika ernest erwin esra estelle esther
    etienne eugène eugénie eva evelien evelyn evelyne evi fabian fabien fabienne fabio fabrice fadila fadma
    fanny farah farid farida fatih fatiha fatima fatma fatna fatou fatoumata femke fenna ferdinand ferhat
    fernand fernando fien filip filiz finn fleur flor flora florence florent florian florin fons fouad frances
    francesca francesco francine francis francisca francisco franciska franck frank frans franz françois
    françoise fred freddy frederic frederik freek freya frida frieda friedrich fritz frédéric frédérique gabriel
    gabriela gabriella gabrielle gareth gary gaston gaël gaëlle gaëtan geert geertje geertrui geoffrey geoffroy
    georg george georges georgette gerald gerard gerd gerda gerhard germain germaine gerrit gert gertrud
    ghislain ghislaine gianni giel gijs gilbert gilberte gilles gillian gina giorgio giovanna giovanni gisela
    gisèle gitte giulia giuseppe glenn godelieve godfried gonzague gordon gracia graham greet greetje greg greta
    grégoire grégory gudrun guido guillaume guiseppe gunter gunther gus gust gustaaf gustave guus guy gwen
    gwendoline gwendolyn gérald gérard günter günther hadrien hafid hafida hakan hakim halil halima hamid hamida
    hamza hanan hanna hannah hanne hannelore hannes hans harald harm harold harry hasan hassan hassna hatice
    heather hector heidi heike heiko heinrich heinz helen helena helene helga helmut hendrik henk hennie henri
    henriette henrik henry herbert herman hermann hermien herta herve hervé hilary hilda hilde hildegard hind
    hiske honoré horst houda hugo hugues husein hussein hélder hélène hüseyin ian ibrahim ibrahima ida idriss
    ignace igor ikram ilham ilias iliass ilona ilse iman imane imke imran ina ines inez inge ingeborg ingrid
    inès irene irina iris irma irène isaac isabel isabella isabelle ismael ismail ivan ivana ivo ivonne jaap
    jack jackie jacky jacob jacoba jacqueline jacques jaime jamal jamila jan jana jane janet jani janick janine
    janne jannick jasmien jasmijn jasmin jasmina jasmine jason jasper jawad jean jeanine jeanne jeannette
    jeannine jef jeff jeffrey jelena jelle jen jennifer jenny jens jeremy jeroen jerome jessica jessie jessy
    jesus jill jim jimmy jo joachim joan joana joanna joannes jochem jochen jodie joelle johan johann johanna
    johannes john johnny jolien jonas jonathan joost jordan jordi jordy joren jorg jorge joris jorne jos josef
    josefien josefine joseph josiane josie josse josué josé josée joséphine jozef jozefien joël joëlle juan
    judith juergen jules julia julian juliane julie julien juliette julius justine jutta jérémie jérémy jérôme
    jörg jürgen kaat kader kamal kamil kamila karel karen karim karima karin karina karine karl karla karlien
    karolien karolina karsten kasper katarzyna kate katelijne katharina katherine kathleen kathy katia katja
    katleen katrien katrijn katrin katty kaya kees keith kelly kelvin kemal kenneth kenny kerem kerstin kevin
    khadija khadijah khalid kiki kilian kim kimberly kirsten kirsty klaas klara klaus klazien koen koenraad
    konrad konstantin koray korneel kris krista kristel kristien kristin kristina kristine kristof krisztina
    kurt kyra laetitia lahcen lamia lana lander lara lars latifa laura laure lauren laurence laurens laurent
    laurette laurie lea leah leander leen lena lenn lennert leo leon leona leonardo leonie leonor leopold lesley
    leslie leyla liam lianne lida lien lies liesbet liesbeth lieselot lieselotte liesje lieve lieven lilian
    liliane lily lina linda lisa lisbeth lise lisette liv livia lize lobke lore loredana loreen lorena lorenzo
    lotte lou louane loubna louis louisa louise loup loïc loïs luc luca lucas lucia lucie lucien lucienne
    lucille lucy ludo ludovic ludwig luis luisa luk lukas luke luna lut lutgard lutgarde lutz lydia lydie lynn
    léa léna léo léon léonard léonie léopold maaike maarten maartje mada madeleine madelon mael maeva magali
    magda magdalena maggie maggy magnus maha mahamadou mahmoud mahmut maja malek malgorzata malick malik malika
    mamadou manal manfred manon manu manuel manuela mara marc marcel marceline marcella marcelle marcin marco
    marcos marcus margaret margareta margarete margaux margot margriet marguerite maria mariam mariama marian
    mariana marianne marie marieke mariem mariette marijke marijn marika marilyn marin marina marine mario
    marion marise marjan marjolein marjon mark marko markus marleen marlies marloes marlène marnix marouane
    marta martha marthe martijn martin martina martine marwa marwan mary maryam maryline maryse marzena massimo
    mathieu mathijs mathilde mathis mathys matt matteo matthew matthias matthieu matthijs mattias maud maude
    maureen maurice mauricette maurits max maxence maxim maxime maximilian may maëlle maïté mechteld megan mehdi
    mehmet melanie melek melike melissa merel meriem merlijn mert meryem mia michael michaela michaël michał
    michel michelangelo michele micheline michelle michiel michèle mie mieke miet mike mila milan milena miloud
    mimount mina mira miranda mireille miriam mirjam mirko mirthe mohamed mohammad mohammed mohand mohsen
    mokhtar monica moniek monika monique morad moreno morgan morgane mostafa mouad mouhcine mounia mounir mourad
    moussa moïse muhammad muhammed murat muriel murielle musa mustafa mustapha myriam médard mélanie mélissa
    nabil nabila nadia nadine nadir nadège naima najat najib nancy naomi natacha natalia natalie natasha
    nathalie nathan nawal nayla nazli naïma neal nele nelly nesrin nevin nezha nick nicky nico nicola nicolas
    nicole niek niels nienke nigel nihad nikita nikki nikola nikolaas nikolaus nikos nils nina nisrine niña noa
    noah noel nolwenn noor noortje nora norah norbert nordine norman nour noura nouria noé noémie noël noëlla
    noëlle nuray nurcan nuria octave octavie odette odile olaf ole oleg olga olive oliver olivia olivier omar
    omer onno orhan orlando oscar oskar osman otto ouassim oumaima oumar pablo pamela paola paolo pascal pascale
    pascaline patricia patrick patrik patrizia paul paula pauline pavel pedro peggy penelope perrine peter petra
    petronella phil philip philippa philippe pia pierre pierrette pierrick piet pieter pieternel piotr pol
    priscilla quentin quinten quinty rabah rabia rachel rachid rachida radouane raf rafael rafaël rafik ragna
    rahma raimund rainer ralf ralph rami ramon ramona ramzi rana raoul raphaelle raphaël rasha raul rayan
    raymond raymonde rebecca rebekka reginald reinhard reinhilde reinhold reinier reinout renaat renate renaud
    renilde renzo rené renée ria ricardo richard rida rik rika rita rob robbe robbert robby robert roberta
    roberto robin robrecht rocco roderick rodolphe rodrigo roel roeland roelof roger roland rolf rolinde romain
    roman romane romy ron ronald ronny rosa rosalie rosanne rose roselyne rosemarie rosette rosie roswitha
    roxane roy ruben rudi rudolf rudy rukiye ruth ruud ryan régine régis rémi rémy saad saar sabah sabina sabine
    sabri sabrina sacha safae safia said saida sale salim salima salma salomé salvatore sam samantha samia samir
    samira samuel samy sana sander sandra sandrine sandro sanne sara sarah saskia saul sava savina saïd saïda
    scott sebastiaan sebastian seda sedat selena selim selin selma semra senna seppe serap serdar serge sergei
    sergio serkan seth sevda severine sevgi seynabou sharon sheila shirley sibel siegfried siegrid siem sien
    sigrid silke silvia silvie silvio simo simon simona simone simonne sina sinan sjoerd sjors sofia sofiane
    sofie sofien solange soledad solène sonia sonja sophia sophie soraya souad soufiane soumaya stan stanislas
    stef stefaan stefan stefanie stefano steffen steffi stella stephan stephanie stephen steve steven stien
    stijn stine stoffel stuart stéphane stéphanie sue suleyman sultan susan susana susanna susanne suzanne sven
    svetlana swa sybille sylke sylvain sylvaine sylvester sylvia sylviane sylvie sylwia sébastien séverine
    süleyman tamara tanguy tania tanja tara tarik tatiana tatjana tessa thea thelma theo theodor theodora
    theresa therese theresia thessa thibaud thibault thibaut thierry thijs thilo thomas thorsten théo théodore
    thérèse tijl tijs tilde till tim timo timon timothy tina tine tineke tinne tino tobias tom tomas tomasz toni
    tonny tony toon torben torsten trees tristan trui tuba tuur udo ugur uli ulrich ulrike umut urbain ursula
    ute valentin valentina valentine valerie valère valérie vanessa veerle vera verena verle veronique vicky
    victoire victoria vincent vincenzo viola violet violette virginia virginie viviane vivien vivienne vladimir
    volkan volker véronique wafa walid walter wanda ward warre wassim wendeline wendy werner wesley wietske
    wilfried wilhelm wilhelmina willem willemijn willy wilma wim wolfgang wouter xander xavier yael yana yanis
    yann yannick yara yasemin yasin yasmina yasmine yassin yassine yassir ybe yentl yilmaz ylva yohan yolanda
    yolande yonas younes youness youri youssef youssouf ysaline yusuf yves yvette yvon yvonne zahra zainab
    zakaria zara zeger zeki zeynep zineb zohra zoran zouhair zoé zoë zuhal zuzana zélie édouard élisabeth élise
    élodie éléonore émile émilie étienne évelyne ömer
    """
)
SURNAMES = words(
    """
    abbas abdi acar adams adriaensen aerts akkerman aksoy alaoui albrecht allard amrani andersen anderson
    arnould arslan asante aslan aubert aydin azzouzi bah bailey bakkali bakker balde barbier barry bastin
    baumann bauwens becker beckers benali bennani berger bernard berthelot bertrand blanc bleyen boeckx bogaert
    bogaerts boogaerts bosmans bouazza bouchard boucher boulanger bourgeois bouzid bracke brandt braun brouwer
    brouwers brown bruneau bulut buysse callens campbell carlier caron carpentier castermans celik ceulemans
    chapelle charlier chevalier cissé claes claessens claeys clarke cleeren clement coenen colin collard
    collignon collin cools cooper coppens cornelis cornet couvreur craeynest cuypers daems daniels dankers
    davies debruyne deckers declerck declercq decock degroote dejonghe delacroix delattre delhaye delvaux demir
    demol denis deprez descamps desmedt desmet devos dewaele dewilde dewulf dhondt diallo dierckx dijkstra diop
    dogan dubois duchêne dufour dujardin dumont dupont dupuis durand durant duval edwards ekici el elkhattabi
    engels erdogan evans evrard faure fischer fofana fontaine foster fournier franssen françois fuchs garcia
    garnier geens geerts geldof georges gerard ghysels gilles gillet gilson girard goethals goossens govaerts
    gregoire groen guerin guillaume günes haddad haesaert hamdaoui hamers hansen harris hartmann hassan heijnen
    heinrich hendrickx hendriks henry herman hermans heymans hoffmann holvoet horemans huber hubert hughes
    huybrechts huysmans idrissi jackson jacob jacobs jacquemin jacques jansen jansens janssen janssens johnson
    jones joris kabongo kaiser kalala kaplan kaya keller kelly khan kilic klein koch konings kowalski kramer
    krüger kuijpers kurt lacroix lambert lambrechts lange laurent leblanc leclerc leclercq lecomte lefebvre
    lefèvre legrand lehmann lejeune lemaire lemmens leroy lewis libert lievens lucas luypaert luyten macdonald
    maes mahieu marchal marchand mariën marten martens martin masson mathieu matthys maurer mbuyi meert meier
    mercier mertens meyer meyers michaux michel michiels minne moens mohammadi monnier moons moore moreau morel
    morris mousset mukendi mulder muller murphy müller nelissen neumann ngoma nguyen nicolas nijs noël nys odent
    olivier ozdemir ozturk parmentier pauwels peeters pereira perrin peters petit philips pieters pirard pirson
    poels polat poncelet prévost pérez raes rahmani raymaekers remy renard renson richard richter robert roberts
    robertson robinson roelandts roels rogiers roose rousseau roussel ruelens rutten sahin saidi sanchez santos
    schmid schmidt schmitt schmitz schneider scholz schouten schreiber schröder schulz schuster segers seghers
    sels servais sibille silva simon simonis simons slegers smeets smets smit smith smits sow spruyt staelens
    stassen steiner stevens stewart stoffels stroobants sung swinnen symons taylor tchamba theunissen thijs
    thiry thomas thompson thys timmermans touré traoré turner tuytens vanacker vandamme vandenberghe
    vandenbroeck vandenbroucke vanderlinden vandermeersch vandevelde vandewalle vanhove vanneste vannieuwenhuyse
    verbeeck verbeke verbruggen vercammen vercauteren verdonck verelst verhaegen verhaeghe verhelst verheyen
    verhoeven verlinden vermeersch vermeire vermeiren vermeulen verschueren verstraete verstraeten vervoort
    vincent visser vos wagner walker walraven watson wauters weber werner white willems williams wilson winter
    wolf wood wouters wright wuyts yildirim yildiz yilmaz young yılmaz zaman ziani zimmermann çelik özdemir
    öztürk şahin
    """
)
"""Surnames in small letters; those with particles (`van den ...`, `el ...`, `de ...`) are known by their shape."""
ALSO_WORDS = words(
    """
    adam adams amber angel august auguste aurore bakker bart bas becker ben bernard blanc bob boucher boulanger
    bourgeois braun brouwer brown carl carlier charlier chelsea chevalier claes clarke clement clément constance
    constant cools cooper daniels day dean denis dubois dumont dupont el elke elle els else engels ernst eva
    fischer fleur florence fons fontaine foster france frank françois fuchs garcia georges gilles gracia groen
    gus harm henry herman ida iris jan jasmijn jean-baptiste jet jordan joris kaiser kelly kim king klein koch
    kramer kurt lacroix lang lange laurent legrand lejeune leslie lies lieve long lou lourdes lucas luna mai
    marchand marin marine mark martin max may mercier merel meyer michel michels mie mieke mila moons moore
    moreno mulder müller neumann nick nicolas noor noël olive olivier paris pascal pauwels peter petit piet
    pieter post prosper richard richter rob robert roma roman roos rosa rose sale salomé sam sana santos schneider
    schouten schreiber schuster segers short silva simon smets smit solange sultan sydney taylor thomas till tim
    tine toon turner uli vera victoire victoria vincent viola violet violette visser vos wagner walker wanda
    ward weber white winter wolf wood young zimmermann
    """
)
"""Names that are also words, places or saints: alone they are no sign of a person."""
