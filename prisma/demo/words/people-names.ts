/** Where a name sounds at home. */
export type Culture = 'en' | 'de' | 'nordic' | 'fr' | 'it' | 'es' | 'pt' | 'ja' | 'in' | 'ar' | 'zh' | 'za';

const split = (text: string): string[] => text.split(' ');

/** Given names and family names by culture. */
export const NAMES: Record<Culture, { given: string[]; family: string[] }> = {
  en: {
    given: split(
      'Alice Amelia Beth Caroline Claire Daniel Edward Emily Fiona George Grace Hannah Harriet Ian Jack James Joanna Kevin Laura Liam Martin Megan Nathan Olivia Patrick Rachel Robert Ruth Simon Sophie Thomas Victoria',
    ),
    family: split(
      'Ashworth Barlow Bennett Calloway Chambers Connolly Dawson Doyle Ellery Fairclough Fletcher Garland Hartley Hollis Kendrick Langley Marlow Mercer Norwood Osborne Pemberton Prescott Radcliffe Sheridan Thornton Underhill Vance Wakefield Whitlock Yardley',
    ),
  },
  de: {
    given: split(
      'Andreas Anja Birgit Christian Claudia Dieter Franziska Hannes Heike Johanna Jonas Julia Katrin Lars Lukas Marlene Matthias Nadine Oliver Petra Sabine Sebastian Stefan Susanne Tobias Ulrike',
    ),
    family: split(
      'Albrecht Baumgart Brandt Diekmann Eberhardt Falkner Gerlach Hartwig Heinemann Jansen Kaltenbach Kessler Lindner Lorenz Mertens Neubauer Ostermann Pfeiffer Reinhardt Sandmann Schreiber Steinbach Thiel Vogt Wendel Zimmer',
    ),
  },
  nordic: {
    given: split(
      'Anders Astrid Birgitte Bjarne Camilla Emil Erik Freja Gunnar Hanne Henrik Ida Ingrid Jens Kari Lene Maja Mikkel Nils Oskar Pernille Signe Sven Tove',
    ),
    family: split(
      'Aalto Berglund Bjerke Dahl Ekström Engström Fjeld Grøndahl Hagen Halvorsen Holmgren Iversen Kjeldsen Lindqvist Lund Mortensen Nygaard Nyström Rasmussen Sandvik Solberg Strand Søndergaard Wikström',
    ),
  },
  fr: {
    given: split(
      'Adrien Agnès Antoine Bastien Camille Cécile Chloé Élodie Étienne Fabien Florence Gaëlle Hugo Isabelle Jérôme Julien Laurent Lucie Manon Mathieu Nathalie Olivier Pauline Quentin Sandrine Thibault',
    ),
    family: split(
      'Aubry Barbier Besson Chauvet Collin Delattre Delmas Fabre Fournier Garnier Guillot Jourdan Lacroix Lemaire Marchand Mercier Navarre Perrin Picard Renaud Roussel Sabatier Tessier Vasseur',
    ),
  },
  it: {
    given: split(
      'Alessandra Andrea Beatrice Bruno Carlo Chiara Davide Elisa Enrico Federica Francesca Giacomo Giulia Lorenzo Lucia Marco Martina Matteo Nicola Paola Riccardo Silvia Stefano Valentina',
    ),
    family: split(
      'Barone Bellini Bertoli Caruso Colombi Conti Damiani Fabbri Ferraro Galli Grasso Leone Lombardi Mancini Marchetti Moretti Negri Pellegrini Rinaldi Sartori Serra Testa Valenti Zanetti',
    ),
  },
  es: {
    given: split(
      'Alba Alejandro Ana Andrés Beatriz Carlos Carmen Cristina Diego Elena Fernando Gabriela Hugo Inés Javier Jimena Lucía Luis Manuel Marina Pablo Raquel Rodrigo Sofía Teresa Víctor',
    ),
    family: split(
      'Aguilar Benítez Cabrera Calderón Castaño Delgado Espinosa Fuentes Gallardo Herrera Ibáñez Lozano Marín Montero Navarro Ortega Paredes Quintana Rivas Salazar Santana Valdés Vega Zamora',
    ),
  },
  pt: {
    given: split(
      'Afonso Ana Beatriz Bruno Caio Carla Catarina Diogo Eduardo Fábio Helena Inês Joana João Larissa Leonor Luísa Mariana Mateus Miguel Rafael Renata Rita Tiago',
    ),
    family: split(
      'Almeida Amaral Barros Batista Cardoso Carvalho Correia Esteves Figueira Fonseca Freitas Guimarães Leite Lopes Macedo Magalhães Moreira Nogueira Pacheco Pinheiro Queiroz Ramos Teixeira Vieira',
    ),
  },
  ja: {
    given: split(
      'Aiko Akira Daichi Emi Hana Haruto Hiroshi Kaori Kazuki Keiko Kenji Makoto Mariko Naoki Nozomi Ren Sakura Satoshi Shiori Takumi Tomoko Yuki Yusuke Yuto',
    ),
    family: split(
      'Arai Fujii Goto Harada Hayashi Imai Ishikawa Kimura Kondo Maeda Matsuda Miyazaki Mori Murata Nakajima Nishida Ogawa Okada Sakamoto Shimizu Sugiyama Takeda Ueda Yokoyama',
    ),
  },
  in: {
    given: split(
      'Aarav Aditi Ananya Arjun Deepa Divya Farhan Gaurav Ishaan Kavya Kiran Lakshmi Manish Meera Neha Nikhil Pooja Pranav Priya Rahul Ritu Rohan Sanjay Shreya Vikram Yash',
    ),
    family: split(
      'Acharya Bhat Chaudhary Desai Deshpande Ghosh Hegde Iyer Joshi Kapoor Kulkarni Malhotra Mehta Menon Mukherjee Nair Pillai Rao Reddy Saxena Shetty Sinha Trivedi Verma',
    ),
  },
  ar: {
    given: split(
      'Ahmad Aisha Amira Bilal Dalia Faisal Farah Hadi Hala Hassan Huda Jamal Karim Layla Mariam Nabil Nadia Omar Rania Reem Sami Samira Tariq Yasmin',
    ),
    family: split(
      'Abbas Aziz Darwish Fares Ghanem Habib Haddad Hakim Ibrahim Jaber Khalil Khoury Mansour Masri Nasser Odeh Qasim Rahman Saleh Sayegh Shami Taha Younes Zaki',
    ),
  },
  zh: {
    given: split(
      'Bowen Chen Fang Hui Jia Jiayi Jie Jing Jun Kai Lan Lei Li Ling Mei Min Ning Qing Rui Shan Tao Wei Xin Yan Ying Yue Zhen',
    ),
    family: split(
      'Cai Cheng Deng Fan Feng Goh Guo He Huang Koh Lim Lin Luo Ng Ong Peng Shen Song Sun Tan Teo Xu Yeo Zheng',
    ),
  },
  za: {
    given: split(
      'Adaeze Akua Amara Ayanda Bongani Chidi Emeka Fatou Kagiso Kofi Kwame Lerato Lindiwe Marcus Naledi Nomsa Sipho Temba Thabo Thandi Tunde Wanjiku Zanele Zola',
    ),
    family: split(
      'Abara Adeyemi Asante Botha Boateng Dlamini Ekwueme Khumalo Kruger Mabaso Mahlangu Mbatha Mensah Mokoena Molefe Mwangi Ndlovu Nkosi Obi Okafor Osei Sithole Steyn Zulu',
    ),
  },
};
