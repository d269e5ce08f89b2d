"""More first names, by general knowledge: those that `extractors.person_names` leaves out."""

from __future__ import annotations

from extractors.wordlist import words

MORE_FIRST_NAMES = words(
    """
    aage abbie abby abdelali abdelhamid abdelkrim abdelouahed abdi abdirahman abdoulaye abdullahi abena achraf
    adelheid afonso agata agnieszka aidan aileen ajay akash akua alasdair albertine aldo aleksander aleksandra
    alena alessia alfie alfonso alicja alin alisha alison alistair allan allison alois aloïs alwin alyssa amadeo
    amelia amelie aminah amit amy anass andrzej aneta anette angus anisa annegret anniek ansgar anthonie antje
    antonella aoife archie arend ariel arjun arlette armelle arnout arturo asha ashley asif asma assia attila
    aurélia ayaan aygül aylin ayşegül azad aïssa aïssatou baboucar balthazar barbora bartek bartosz bashir
    basiel basil beata beatriz bella benedikt benita benoit berenike beril berit bernardo bernice bettina
    beverley bianka bieke bilel billie birgül birte bjarne blaise blanca bo bodil bogumil bozena bradley bregje
    brigid brita britney bronwyn bruna bryony burcu callum calum camiel camilla candice carlotta carly carmelo
    carola caspar cassandra catarina catherina cato cecile cedric cees celeste celia celine cem cemile cengiz
    chadia charif charlie charly chayenne chester chiel chloe cian ciara clarissa clive cléa coen coleen colm
    conny conor cora coraline corina corine corinna cornelius corry cosima courtney craig cristian cristiana
    cristina cyriel dagmar daisy damian damir damla dana danilo danuta darek daria darren davide dawid dawn
    debby debora deepak delfien demetrio derek desmond detlef devi diede diederik diego dilan dilara dinah
    djamel dolf dominic dominika donatienne donna dora doreen dorinda dorota dorothy dragan duncan dunja dylano
    eddie eduardo edyta eelco eileen eirik ela eleanor eleonora elfriede eliana eliane elijah elin elio ellie
    elly eloïse elsbeth emeline emiel emil emir enrique erna ernestine errol ersin esmee esmeralda ester ethan
    euan eugenie evert ewa ewan ezra fadoua faisal faiza faris farouk fatouma faustine fay felicia felicity
    felien feline felix fernanda fernande ferre ffion fiene fikret filipe filippo finley fiona fleurine flore
    floris fouzia francien franciszek frauke freddie frederick frederika friso frits furkan félicien gaetano
    gaspard gavin geke gemma geneviève georgia georgina georgios geraint geraldine gerarda gerdi gerlinde german
    gertruda gervaise giacomo gie giles gino giuliano gladys glen glenda gloria goedele gonda gonzalo goran
    grazia gregor gretel griet grietje guillermo gunnar gurpreet gustav guylaine gwenda gwenn gwyneth gökhan
    gülay gülsen habib habiba hajar hakima halime hana hansje harriet harsh hartmut haruka hasna hassane hassiba
    hawa hayat haydar hayden hazel hedwig heiner hendrika hendrikus henny henrike herlinde hermine hicham
    hiroshi holger hong hortense houria howard hubert husain hussain hyacinthe hülya idris ilaria ileana ilie
    inaya indira ine inga ioana ione irena isa isaura isla issam ivanka iwona izabela jaak jacinta jada jade
    jake jakob jakub jamel james jamie janice janis janna janusz jarne jarno jaro jaroslaw javier jay jayden
    jeanette jelmer jente jeremias jerzy jesper jess jesús jette jip jitka jitske joanne joaquim joe joel joep
    joeri joey jola jolanda jolanta jolijn jonna joppe jorn jose josephine josette joshua josselin joyce juana
    juanita juliana julio july jun jurgen jurrie kaatje kacper kadir kadriye kai kamel kamiel kaouther karlijn
    karola kasia kassandra katarina katelyn kathrin kathryn kay kayla kayleigh ken kenan kenza keren kerry
    khaled khalil kiara kieran kimberley kimia kinga kirk kitty klaartje kristoffer krystyna krzysztof kumar
    kyle kylian kylie kübra laila larissa lasse latisha laureen lauriane laurine lavinia lawrence laïla leendert
    leni lenka lennart lenny leonard leonora leroy leszek leticia levi lewis lia lian liana liang lidewij lidia
    lienke lilia lillian lilly lin linde lindsay lindsey line linn lino lionel liselotte liviu liz lizzie
    ljiljana lloyd lode loes lola lorenz loreta loretta lori lorraine lothar lotta lourenço luana luciano
    lucinda lucrèce ludmila luigi luise luka lukasz lutgart luuk lya lyn lynne léontine machteld madalina maddie
    madelief mads maia maike maikel malak malin malou mandy manoj marcela marcello marcelo marcia marek
    margaretha margarida margarita margherita margit margo mariateresa mariella marielle marilou marino marisa
    marissa marita marius mariusz mariëlle marja marjolijn marjorie marlene marlon maroua martinus marty maruf
    marvin mascha mateo mateusz mathias matilda maura mauro maya mayra maéva mechtild melina melody meltem
    melvin meral mercedes meredith merve micha michal michela miep miguel mihaela mihai mikael mikkel miles
    milica milo milou miloš mimi miroslav mirta mitchell moha mohan moira molly mona moritz morten muhammet
    mukesh munir myra myrthe myrto nada narges nasim nasser nassim nastasia natasja nathanaël nazir neele
    neeltje neha neil nel nelleke neslihan nestor neville niamh nicholas nicolien nicoline nihal niklas nikolai
    nikolaos nikolas nine nino nisha noam nolan noreen norma noud noémi nuno nyah oana océane oleksandr olena
    oona ophélie oriane orla oumou oussama owen paco paloma patryk paulien paulina paulo paulus pawel paweł
    perry petros philippine phoebe pien pier pieterjan pippa pirmin piroska pleun polly prakash pranav preben
    priya przemek qiang quirine rachelle radu rafal rafał raffaele raffaella ragnhild rahel rahim raisa raj
    rajesh ramazan ramesh ramiro rania raquel rashid rasmus ravi redouan redouane reggie regina regula remco
    remy rena renata renske reto rhian rhiannon rhys riad riana rick ricky rikke rikkert rilana rina ringo
    robbie rochelle rodney rohan rolande romana ronan ronja ronnie rory ros rosalia rosalind rosanna roseline
    rosemary rosita ross rowan rowena roxana ruby rubén rufus rumeysa rune rupert russell ryszard sadia sadik
    safa sahra sajid sakina salah saliha sally sammy samson sandy sanja sanjay sanna santiago saoirse sascha
    savannah schalk sean sefa senan senne serafina sergej serhat serhii sevim sezer shabnam shamima shana shane
    shania shanti shaun shauna shelley sherry shirin sibylle sietske sinead siobhan sipho siân sjaak sjef skye
    slavica slawomir slobodan sofyan soha sohail sonny soufian soukaina soumia stacey stanislaw stefania stewart
    stig struan styn suat subash suhaila sukru suleiman sumaya sunil sunita susie suzan suzanna suzette svenja
    swantje sybil szymon séamus sören tabitha tadeusz taha tahar takis tamar tammy tanya tarek tariq tea teresa
    terezinha terry tess thaïs theodoor thirza thom thor thore tiago tibo tilly tiny titus tjorven tobe toby
    tommy tonia tonnie tracey tracy trevor tricia trijntje trudy tugba tyler tyrone tünde uche ulla umberto urs
    ursina uschi uwe uğur valentijn valeria valeriy vanya vasile vasiliki vedat velma verona veronica veronika
    vesna vicenta victor vidar vijay viktor viktoria vilma vince vitor vittorio vivian volodymyr václav wafae
    waltraud warren wassila wendelien wenke wes wided wiebe wieland wies wiktor wilbert willeke willemien willi
    william wilson winston wioletta wissam witold wojciech xandra xavi xaviera ximena yahya yan yanna yannis
    yasmin yelena yoran yordan yosra yousra youssra yuki yun yusra yvan zac zachary zak zaïd zdenka zehra zelda
    zhen ziad zita zlata zoe zofia zoltan zuleyha zuzanna zwannet zygmunt özge özgür özkan özlem ünal
    """
)
MORE_ALSO_WORDS = words(
    """
    ariel ashley basil blaise bo bradley camilla celeste charlie chester clive craig dawn dolf donna ester fay
    ferre flore georgia german glen glenda gloria habib hazel holger hong howard hyacinthe ilie indira jade jake
    jay jette jip joyce july jun kay ken kerry kirk kitty kumar kyle lawrence leonard levi lewis lia liana lin
    linde line lino lode lori lorraine lothar luka mads malin melody mercedes milo mona nel nine océane perry
    philippine phoebe pier raj regina rick ringo ros rosemary rowan ruby rune russell salah sally sandy savannah
    schalk shelley sherry sonny stewart tammy tea thor tiny titus tobe verona veronica victor vince warren wes
    wies willi wilson winston yun zak
    """
)
"""Those among them that are also words, places or ships: alone they are no sign of a person."""
