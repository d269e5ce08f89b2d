"""First names and surnames that are common in Belgium, the Netherlands, France, Germany, Switzerland and Britain.

General knowledge, not taken from any report. A name here is a sign of a person, never the proof of one:
`extractors.masking` also looks at what stands around it.
"""

from __future__ import annotations

FIRST_NAMES = frozenset(
    """
    aafke aaron abdel abdelaziz abdelhak abdelkader abdellah abdelmajid abdul abdullah abigail achiel achmed adam adama adel adelin
    adeline ademar adil adjoua adnan adriaan adrian adriana adrien agathe agnes agnès ahmad ahmed ahmet aicha aïcha aimé aimée aisha
    alain alan albert alberto albrecht alessandro alex alexander alexandra alexandre alexandru alexia alexis alfons alfred ali alice
    alicia alina aline alioune aliou alix alma alphonse amadou amal amandine amber ambre amélie amin amina amine aminata amir amira
    anaïs anas anastasia anatole anders andré andrea andreas andrée andrei andrew andries andy angel angela angèle angelina angelique
    angélique anil anissa anita anja anke ann anna annabel anne anneke anneleen annelies anneliese annelore annemarie annemie annette
    annick annie annika anouar anouk anthony antoine anton antoon antonia antonio antonius antoinette ariane arianna aristide armand
    armin arnaud arne arno arnold artem arthur astrid aubin aude audrey august auguste augustin aurélie aurélien aurore ayla ayman
    aymen aynur ayoub ayse ayşe aziz aziza babette bachir baptiste barbara bart bas bastiaan bastian bastien beate beatrice béatrice
    beatrix ben benedict bénédicte benjamin benny benoît berend bernadette bernard bernd bernhard bert bertha bertrand bianca bilal
    birgit bjorn björn blandine bob bogdan boris boudewijn bouchra boubacar brahim bram brandon brecht brenda brent brian brice bridget
    brigitta brigitte britt bruno bryan burak camille carina carine carl carla carlo carlos carmen carol carole carolina caroline
    catherine cathy cécile cecilia cédric célestin céline cemal chaimae chantal charles charline charlotte chiara chloë chloé chris
    christa christel christelle christian christiane christina christine christoph christophe christopher cindy claire clara claude
    claudia claudine claus clémence clément clémentine cleo clotilde colette coline colin constance constant coralie corentin corinne
    cornelia cornelis cynthia cyril cyrille daan damien daniel daniela daniëlle danielle danny daphne dario darius dave david davy
    dean debbie deborah delphine deniz denis denise derya desiree désiré didier diana diane dieter dietmar dimitri dina dirk djamila
    dolores dominik dominique donald donatien dorien doris dorothea dorothée douglas dounia driss dries dylan ebru eddy edgar edith
    edmond edouard édouard eduard edward edwin eef eefje ekaterina elena eléonore éléonore elias elif elina eline elisa elisabeth
    élisabeth elise élise elke ella elle ellen elliot elodie élodie els elsa else elsie elvira emanuel emel emile émile emilia emilie
    émilie emily emine emma emmanuel emmanuelle emmy emre enrico enzo eric erica erik erika ernest erwin esra estelle esther etienne
    étienne eugène eugénie eva evelien evelyn evelyne évelyne evi fabian fabien fabienne fabio fabrice fadila fadma fanny farah farid
    farida fatiha fatih fatima fatma fatou fatoumata fatna femke fenna ferdinand ferhat fernand fernando fien filip filiz finn fleur
    flor flora florence florent florian florin fons fouad frances francesca francesco francine francis francisca franciska francisco
    franck françois françoise frank frans franz fred freddy frédéric frederic frederik frédérique freek freya frida frieda friedrich
    fritz gabriel gabriela gabriella gabrielle gaël gaëlle gaëtan gareth gary gaston geert geertje geertrui geoffrey geoffroy georg
    george georges georgette gerald gérald gérard gerard gerd gerda gerhard germain germaine gerrit gert gertrud ghislain ghislaine
    gianni giel gijs gilbert gilberte gilles gillian gina giorgio giovanni giovanna gisela gisèle gitte giulia giuseppe glenn godelieve
    godfried gonzague gordon gracia graham greet greetje greg grégoire grégory greta gudrun guido guillaume guiseppe gunter günter
    günther gunther gus gust gustaaf gustave guus guy gwen gwendoline gwendolyn hadrien hafid hafida hakan hakim halima halil hamid
    hamida hamza hanan hanna hannah hanne hannelore hannes hans harald harm harold harry hasan hassan hassna hatice heather hector
    heidi heike heiko heinrich heinz helen helena hélène helene helga hélder helmut hendrik henk hennie henri henriette henrik henry
    herbert herman hermann hermien herta herve hervé hilary hilda hilde hildegard hind hiske honoré horst houda hugo hugues husein
    hüseyin hussein ian ibrahim ibrahima ida idriss ignace igor ikram ilham ilias iliass ilona ilse iman imane imke imran ina ines inès
    inez inge ingeborg ingrid iris irene irène irina irma isaac isabel isabella isabelle ismael ismail ivan ivana ivo ivonne jaap jack
    jackie jacky jacob jacoba jacqueline jacques jaime jamal jamila jan jana jane janet jani janick janine janne jannick jasmien
    jasmijn jasmin jasmina jasmine jason jasper jawad jean jeanine jeanne jeannette jeannine jef jeff jeffrey jelena jelle jen jennifer
    jenny jens jeremy jérémie jérémy jeroen jérôme jerome jessica jessie jessy jesus jill jim jimmy jo joachim joan joana joanna joannes
    jochem jochen jodie joël joelle joëlle johan johann johanna johannes john johnny jolien jonas jonathan joost jordan jordi jordy
    joren jorg jörg jorge joris jorne jos josé josée josef josefien josefine joseph joséphine josiane josie josse josué jozef jozefien
    juan judith juergen jürgen jules julia julian juliane julie julien juliette julius justine jutta kaat kader kamal kamil kamila karel
    karen karim karima karin karina karine karl karla karlien karolien karolina karsten kasper kate katelijne katharina katherine
    kathleen kathy katia katja katleen katrien katrijn katrin katarzyna katty kaya kees keith kelly kelvin kemal kenneth kenny kerem
    kerstin kevin khadija khadijah khalid kiki kilian kim kimberly kirsten kirsty klaas klara klaus klazien koen koenraad konrad
    konstantin koray korneel kris krista kristel kristien kristin kristina kristine kristof krisztina kurt kyra lahcen laetitia lamia
    lana lander lara lars latifa laura laure lauren laurence laurens laurent laurette laurie lea léa leah leander leen léna lena lenn
    lennert leo léo leon léon leona léonard leonardo leonie léonie leonor leopold léopold lesley leslie leyla lianne lida liam lien lies
    liesbet liesbeth lieselot lieselotte liesje lieve lieven lilian liliane lily lina linda lisa lisbeth lise lisette liv livia lize
    lobke loïc loïs lore loredana loreen lorena lorenzo lotte lou louane loubna louis louisa louise loup luc luca lucas lucia lucie
    lucien lucienne lucille lucy ludo ludovic ludwig luis luisa luk lukas luke luna lut lutgard lutgarde lutz lydia lydie lynn maaike
    maarten maartje mada madeleine madelon mael maëlle maeva magali magda magdalena magda maggie maggy magnus maha mahamadou mahmoud
    mahmut maïté maja malek malgorzata malick malik malika mamadou manal manfred manon manu manuel manuela mara marc marcel marceline
    marcella marcelle marcin marco marcos marcus margaret margareta margarete margaux margot margriet marguerite maria mariam mariama
    marian mariana marianne marie marieke mariem mariette marijke marijn marika marilyn marin marina marine mario marion marise marjan
    marjolein marjon mark marko markus marleen marlène marlies marloes marnix marouane marta martha marthe martijn martin martina
    martine marwa marwan mary maryam maryline maryse marzena massimo mathieu mathijs mathilde mathis mathys matt matteo matthew matthias
    matthieu matthijs mattias maud maude maureen maurice mauricette maurits max maxence maxim maxime maximilian may mechteld médard
    megan mehdi mehmet melanie mélanie melek melike mélissa melissa merel meriem merlijn mert meryem mia michael michaël michaela
    michał michel michele michèle micheline michelle michiel michelangelo mie mieke miet mike mila milan milena miloud mimount mina mira
    miranda mireille miriam mirjam mirko mirthe mohamed mohammad mohammed mohand mohsen moïse mokhtar monica monika moniek monique morad
    moreno morgan morgane mostafa mouad mouhcine mounia mounir mourad moussa muhammad muhammed murat muriel murielle musa mustafa
    mustapha myriam nabil nabila nadège nadia nadine nadir naïma naima najat najib nancy naomi natacha natalia natalie natasha nathalie
    nathan nawal nayla nazli neal nele nelly nesrin nevin nezha nick nicky nico nicola nicolas nicole niek niels nienke nigel nihad
    nikita nikki nikola nikolaas nikolaus nikos nils nina niña nisrine noa noah noé noël noel noëlla noëlle noémie nolwenn nora norah
    norbert nordine noor noortje nora norman nour noura nouria nuray nurcan nuria octave octavie odette odile olaf ole oleg olga olive
    oliver olivia olivier omar omer ömer onno orhan orlando oscar oskar osman otto ouassim oumar oumaima pablo pamela paola paolo
    pascal pascale pascaline patricia patrick patrik patrizia paul paula pauline pavel pedro peggy penelope perrine peter petra petronella
    philip philippa philippe phil pia piet pieter pieternel pierre pierrette pierrick piotr pol priscilla quentin quinten quinty rabah
    rabia rachel rachid rachida radouane rafael rafaël rafik raf ragna rahma raimund rainer ralf ralph rami ramona ramon ramzi rana raoul
    raphaël raphaelle rasha raul raymond raymonde rayan rebecca rebekka régine régis reginald reinhard reinhilde reinhold reinier reinout
    rémi rémy renaat renaud renate rené renée renilde renzo ria ricardo richard rida rik rika rita rob robbe robbert robby robert roberta
    roberto robin robrecht rocco roderick rodolphe rodrigo roel roeland roelof roger roland rolf rolinde romain roman romane romy ron
    ronald ronny rosa rosalie rosanne rose roselyne rosemarie rosette rosie roswitha roxane roy ruben rudi rudolf rudy rukiye ruth ruud
    ryan saad saar sabah sabina sabine sabri sabrina sacha safae safia said saïd saïda saida sale salim salima salma salomé salvatore sam
    samantha samia samir samira samuel samy sana sander sandra sandrine sandro sanne sara sarah saskia saul sava savina scott sébastien
    sebastian sebastiaan séverine seda sedat selim selin selma selena semra senna seppe serap serdar serge sergei sergio serkan seth
    sevda severine sevgi seynabou sharon sheila shirley sibel siegfried siegrid siem sien sigrid silke silvia silvie silvio simo simon
    simona simone simonne sina sinan sjoerd sjors sofia sofiane sofie sofien solange soledad solène sonia sonja sophia sophie soraya
    soufiane souad soumaya stan stanislas stef stefaan stefan stefanie stefano steffen steffi stella stephan stéphane stephanie stéphanie
    stephen steve steven stien stijn stine stoffel stuart sue suleyman süleyman sultan susan susana susanna susanne suzanne svetlana
    sven swa sybille sylke sylvain sylvaine sylvester sylvia sylviane sylvie sylwia tamara tania tanguy tanja tara tarik tatiana tatjana
    tessa thea thelma theo théo theodor theodora théodore theresa thérèse therese theresia thessa thibaud thibault thibaut thierry thijs
    thilo thomas thorsten tijl tijs tilde till tim timo timothy timon tina tine tineke tinne tino tobias tom tomas tomasz toni tonny tony
    toon torben torsten trees tristan trui tuba tuur udo ugur uli ulrich ulrike umut urbain ursula ute valentin valentina valentine
    valérie valerie valère vanessa veerle vera verena verle véronique veronique vicky victoire victoria vincent vincenzo viola violet
    violette virginia virginie viviane vivien vivienne vladimir volker volkan wafa walid walter wanda ward warre wassim wendy wendeline
    werner wesley wietske wilfried wilhelm wilhelmina willem willemijn willy wilma wim wolfgang wouter xander xavier yael yana yann yannick
    yanis yara yasemin yasin yasmina yasmine yassin yassine yassir ybe yentl yilmaz ylva yohan yolanda yolande yonas youness younes youri
    youssef youssouf ysaline yusuf yves yvette yvon yvonne zahra zainab zakaria zara zeger zeki zélie zeynep zineb zoë zoé zohra zoran
    zouhair zuhal zuzana
    """.split()
)
SURNAMES = frozenset(
    """
    abbas abdi acar adams adriaensen aerts akkerman aksoy alaoui albrecht allard amrani andersen anderson arnould arslan asante aslan
    aubert aydin azzouzi bah bailey bakker bakkali balde barbier barry bastin baumann beckers bauwens becker benali bennani berger bernard
    berthelot bertrand blanc bleyen boeckx boogaerts bogaerts bogaert bosmans bouazza bouchard boucher boulanger bourgeois bouzid bracke
    brandt braun brouwer brouwers brown bruneau bulut buysse callens campbell carlier caron carpentier castermans ceulemans çelik celik
    chapelle charlier chevalier cissé claes claessens clarke claeys clement cleeren coenen colin collard collignon collin cools cooper
    coppens cornelis cornet couvreur craeynest cuypers daems daniels dankers davies debruyne declerck declercq decock deckers degroote
    dejonghe delacroix delattre delhaye delvaux demir demol denis deprez descamps desmet desmedt devos dewaele dewilde dewulf dhondt diallo
    dierckx dijkstra diop dogan dubois duchêne dufour dujardin dumont dupont dupuis durand durant duval edwards ekici el elkhattabi
    engels erdogan evans evrard faure fischer fofana fontaine foster fournier françois franssen fuchs garcia garnier geerts geens geldof
    georges gerard ghysels gilles gillet gilson girard goethals goossens govaerts gregoire groen guerin guillaume günes haddad hamdaoui
    hamers hansen harris hartmann hassan haesaert heijnen heinrich hendrickx hendriks henry herman hermans heymans hoffmann holvoet horemans
    hubert huber hughes huybrechts huysmans idrissi jackson jacob jacobs jacquemin jacques jansen jansens janssen janssens johnson jones
    joris kabongo kaiser kalala kaplan kaya kelly keller khan kilic klein koch konings kowalski kramer krüger kurt kuijpers lacroix lambert
    lambrechts lange laurent leblanc leclercq leclerc lecomte lefebvre lefèvre legrand lehmann lejeune lemaire lemmens leroy lewis libert
    lievens lucas luyten luypaert macdonald maes mahieu marchal marchand mariën marten martens martin masson mathieu matthys maurer mbuyi
    meert meier mercier mertens meyer meyers michaux michel michiels minne moens mohammadi monnier moons moore moreau morel morris mousset
    mukendi müller mulder muller murphy nelissen neumann ngoma nguyen nicolas nijs noël nys odent olivier öztürk ozturk özdemir ozdemir
    parmentier pauwels peeters pereira pérez perrin peters petit philips pieters pirard pirson poels polat poncelet prévost raes rahmani
    raymaekers remy renard renson richard richter robert robertson robinson roberts roelandts roels rogiers roose rousseau roussel ruelens
    rutten sahin şahin sanchez saidi santos schmid schmidt schmitt schmitz schneider scholz schouten schröder schreiber schulz schuster
    segers sels servais seghers sibille silva simon simons simonis slegers smeets smets smit smith smits sow spruyt staelens stassen stewart
    steiner stevens stoffels stroobants sung swinnen symons taylor tchamba theunissen thijs thiry thomas thompson thys timmermans touré
    traoré turner tuytens vanacker vandamme vandenberghe vandenbroeck vandenbroucke vandewalle vandevelde vanderlinden vandermeersch
    vanhove vanneste vannieuwenhuyse verbeeck verbeke verbruggen vercammen vercauteren verdonck verelst verhaegen verhaeghe verheyen
    verhelst verhoeven verlinden vermeersch vermeiren vermeulen vermeire verschueren verstraete verstraeten vervoort vincent visser vos
    wagner walker walraven wauters watson weber werner white willems williams wilson winter wolf wood wouters wright wuyts yildirim yildiz
    yilmaz yılmaz young zaman ziani zimmermann
    """.split()
)
"""Surnames in small letters; those built with particles (`van den ...`, `el ...`, `de ...`) are known by their shape."""
ALSO_WORDS = frozenset(
    """
    amber angel august august auguste bas ben bob bart dean eva fleur florence harm iris jet jasmijn lies lieve mark marin marine may mai merel
    mie mieke noor noël olive pascal piet post rob roman rose rosa roos sale sam sana sultan victoria violet violette viola ward wolf wood
    winter young white brown vos groen klein koch kaiser petit blanc mila max moons engels cools smets vincent laurent denis georges gilles
    martin elke toon ernst frank fons nick tim carl herman joris simon thomas lucas nicolas bernard robert richard michel henry françois olivier michels constant constance prosper
    clement clément kurt jordan paris sydney chelsea lourdes france victoire aurore solange luna el els elle kim kelly gus lou else tine till
    uli wanda leslie jean-baptiste vera ida gracia moreno salomé santos garcia silva long king lange lang short day wagner lejeune legrand
    boulanger boucher chevalier marchand mercier charlier carlier fontaine dumont dubois dupont lacroix bourgeois becker fischer müller schneider
    weber schreiber richter meyer neumann braun fuchs schuster zimmermann bakker visser brouwer mulder kramer smit schouten segers pauwels
    cooper walker turner taylor clarke foster moore claes daniels adam adams peter pieter jan
    """.split()
)
"""Names that are also words, places or saints: alone they are no sign of a person."""
