/** A line of business: how companies in it call themselves, and the industry they belong to. */
export interface Trade {
  word: string;
  industry: string;
}

const trades = (text: string): Trade[] =>
  text.split('; ').map((pair) => {
    const [word = '', industry = ''] = pair.split(' = ');
    return { word, industry };
  });

const split = (text: string): string[] => text.split(' ');

/** Language a company's name is composed in. */
export type NameStyle = 'en' | 'de' | 'nordic' | 'fr' | 'it' | 'es' | 'pt' | 'ja' | 'in' | 'ar' | 'zh';

/** Made-up first words and lines of business; none names a company we know of. */
export const COMPANY_WORDS: Record<NameStyle, { stems: string[]; trades: Trade[] }> = {
  en: {
    stems: split(
      'Alderbrook Amberfield Ashcombe Bellwether Birchgate Blackmoor Brackenhill Bramblewood Brightwater Calderstone Cedarhurst Claymont Copperleigh Cranebrook Crestholm Dunmere Eastwick Elmswell Fallowfield Farrowdale Glenhaven Greystoke Hallowell Harrowgate Hawksmere Heathcroft Hollinford Ironvale Juniper Kestrelbank Kingsmead Larkfield Longacre Maplehurst Marshgate Millrace Northolme Oakhaven Otterburn Pinecrest Quarrybank Ravensworth Redfern Rookwood Rosedene Saltmarsh Silverbeck Stonebridge Sunderley Tamarack Thistledown Tidewell Underwood Wayfarer Westerley Whitethorn Willowmere Winterbourne Wolfscote Yarrow',
    ),
    trades: trades(
      'Logistics = Logistics; Freight = Logistics; Foods = Food and beverage; Dairy = Food and beverage; Bakeries = Food and beverage; Brewing = Food and beverage; Packaging = Manufacturing; Precision = Manufacturing; Components = Manufacturing; Castings = Manufacturing; Textiles = Manufacturing; Plastics = Manufacturing; Pharma = Life sciences; Diagnostics = Life sciences; Laboratories = Life sciences; Health = Healthcare; Clinics = Healthcare; Hotels = Hospitality; Resorts = Hospitality; Properties = Real estate; Estates = Real estate; Facilities = Real estate; Energy = Energy; Utilities = Energy; Renewables = Energy; Retail = Retail; Stores = Retail; Markets = Retail; Cold Chain = Logistics; Colleges = Education; Data Centres = Technology; Networks = Technology',
    ),
  },
  de: {
    stems: split(
      'Ahrenfeld Birkental Brandhorst Buchenau Dornfeld Eichwald Elbkamm Falkenried Feldkirchen Grünental Hagenried Hochmoor Isartal Kaltenstein Kirchbach Lindenhof Mühlbach Nordhafen Oberried Osterfeld Rabenstein Rosenkamp Schwarzbach Seewald Sonnenberg Talheim Tannhof Uferpark Weidenau Weserbogen Westhafen Wiesental',
    ),
    trades: trades(
      'Logistik = Logistics; Spedition = Logistics; Maschinenbau = Manufacturing; Werkzeuge = Manufacturing; Verpackungen = Manufacturing; Kunststoffe = Manufacturing; Antriebe = Manufacturing; Lebensmittel = Food and beverage; Molkerei = Food and beverage; Brauhaus = Food and beverage; Pharma = Life sciences; Labortechnik = Life sciences; Kliniken = Healthcare; Immobilien = Real estate; Hotels = Hospitality; Energie = Energy; Stadtwerke = Energy; Handel = Retail; Rechenzentren = Technology',
    ),
  },
  nordic: {
    stems: split(
      'Askholm Bergvik Björkdal Dalsund Ekeberg Fjordholt Granvik Havnegard Hvidsten Isfjell Kaldvik Klintvik Kvistgaard Ljungdal Lundsvik Myrland Nordstjern Olsvik Ravnholt Rødbæk Sjövik Skagholm Skogheim Solvang Stenløse Stormvik Sundby Tallmark Torsvik Vinterdal',
    ),
    trades: trades(
      'Logistikk = Logistics; Shipping = Logistics; Seafood = Food and beverage; Mejeri = Food and beverage; Industri = Manufacturing; Teknik = Manufacturing; Emballage = Manufacturing; Energi = Energy; Kraft = Energy; Pharma = Life sciences; Eiendom = Real estate; Hotell = Hospitality; Handel = Retail; Klinik = Healthcare; Data = Technology',
    ),
  },
  fr: {
    stems: split(
      'Aigrefeuille Beaumarais Boisclair Bruyères Chantereine Clairval Corbière Escarène Fontbrune Grandpré Hautecour Jonquières Lanvallon Malaterre Montfleur Noirmont Orvault Peyrelade Quiberval Rochebelle Sauvigné Solanges Tourvieille Valmorin Vauclaire Vertbois',
    ),
    trades: trades(
      'Logistique = Logistics; Transports = Logistics; Industrie = Manufacturing; Emballages = Manufacturing; Mécanique = Manufacturing; Agroalimentaire = Food and beverage; Laiteries = Food and beverage; Pharma = Life sciences; Biotech = Life sciences; Santé = Healthcare; Immobilier = Real estate; Hôtels = Hospitality; Énergies = Energy; Distribution = Retail; Réseaux = Technology',
    ),
  },
  it: {
    stems: split(
      'Acquaviva Altomonte Belcolle Bellariva Borgoforte Campoverde Castelrosso Collefiorito Fontebella Girasole Lagoscuro Montechiaro Oltremare Pietralunga Poggioreale Pontevecchio Riofreddo Roccabruna Serramonte Solferia Torrebianca Valdoro Valfiorita Villachiara',
    ),
    trades: trades(
      'Logistica = Logistics; Trasporti = Logistics; Meccanica = Manufacturing; Tessuti = Manufacturing; Imballaggi = Manufacturing; Alimentari = Food and beverage; Pastificio = Food and beverage; Farmaceutici = Life sciences; Sanità = Healthcare; Immobiliare = Real estate; Alberghi = Hospitality; Energia = Energy; Distribuzione = Retail; Sistemi = Technology',
    ),
  },
  es: {
    stems: split(
      'Alcorisa Almendral Arroyoclaro Belmontejo Cañaverde Cerrillar Collado Encinares Fuenteclara Guadalmar Hontanar Jarales Lomaverde Matorral Monterreal Navalcruz Olivares Pedraza Peñalba Riofrío Robledal Sotoverde Torrealta Valdeluz Villarrubia Zarzal',
    ),
    trades: trades(
      'Logística = Logistics; Transportes = Logistics; Industrias = Manufacturing; Envases = Manufacturing; Metales = Manufacturing; Alimentos = Food and beverage; Conservas = Food and beverage; Farma = Life sciences; Salud = Healthcare; Inmuebles = Real estate; Hoteles = Hospitality; Energía = Energy; Comercial = Retail; Sistemas = Technology',
    ),
  },
  pt: {
    stems: split(
      'Alvorada Arruda Belavista Boaventura Campobelo Carvalhal Cerejeira Douradinho Ervedal Fontelonga Girassol Horizonte Ipanemar Jatobá Lagoalva Monteclaro Oliveiral Pedranova Pinhal Ribeiral Serrazul Taquaral Valverde Vidigueiro',
    ),
    trades: trades(
      'Logística = Logistics; Transportes = Logistics; Indústrias = Manufacturing; Embalagens = Manufacturing; Alimentos = Food and beverage; Laticínios = Food and beverage; Farmacêutica = Life sciences; Saúde = Healthcare; Imóveis = Real estate; Hotéis = Hospitality; Energia = Energy; Comércio = Retail; Sistemas = Technology',
    ),
  },
  ja: {
    stems: split(
      'Aozora Asahigaoka Fujimori Hanamizu Harukawa Hoshizora Isobe Kagayaki Kawabe Kazemachi Minatogawa Mizukawa Momiji Nagisa Sakuragi Shirakawa Sorano Takamine Tsubame Umineko Wakaba Yamabuki Yukishiro',
    ),
    trades: trades(
      'Logistics = Logistics; Precision = Manufacturing; Works = Manufacturing; Materials = Manufacturing; Foods = Food and beverage; Fisheries = Food and beverage; Pharma = Life sciences; Medical = Healthcare; Realty = Real estate; Ryokan = Hospitality; Power = Energy; Stores = Retail; Systems = Technology',
    ),
  },
  in: {
    stems: split(
      'Amaravati Chandanvan Devgiri Gulmohar Himadri Indravan Jyotirang Kaveripur Lakshanya Malabarika Meghdhara Nandanvan Neelgiri Padmavan Rajhansa Sagarmatha Saptarang Suryodaya Tarangini Ujjaini Vasantika Vindhyachal Yamunika',
    ),
    trades: trades(
      'Logistics = Logistics; Industries = Manufacturing; Engineering = Manufacturing; Textiles = Manufacturing; Polymers = Manufacturing; Foods = Food and beverage; Dairy = Food and beverage; Lifesciences = Life sciences; Hospitals = Healthcare; Infra = Real estate; Hotels = Hospitality; Power = Energy; Retail = Retail; Infotech = Technology',
    ),
  },
  ar: {
    stems: split(
      'Almanar Alrabwa Barqah Danah Fajrwell Ghadeer Jawhara Jumanah Lulwah Marjan Nawras Noorvale Qamar Rimal Safwan Sahlah Shuruq Waha Yasmeen Zaytoun',
    ),
    trades: trades(
      'Logistics = Logistics; Shipping = Logistics; Industries = Manufacturing; Foods = Food and beverage; Pharma = Life sciences; Medical = Healthcare; Properties = Real estate; Hotels = Hospitality; Energy = Energy; Trading = Retail; Technologies = Technology',
    ),
  },
  zh: {
    stems: split(
      'Bukitan Fengling Goldleaf Harbourlight Huating Jadepoint Kallang Lianhua Merlion Orchidvale Pandan Qinghe Rainforest Sengkang Sunbird Tanglin Tianshan Yunhe',
    ),
    trades: trades(
      'Logistics = Logistics; Marine = Logistics; Precision = Manufacturing; Electronics = Manufacturing; Foods = Food and beverage; Biologics = Life sciences; Medical = Healthcare; Land = Real estate; Hospitality = Hospitality; Power = Energy; Retail = Retail; Data = Technology',
    ),
  },
};
