import { bilingual } from './language.ts';

/** What helps to fill in one field that its kind does not explain. */
export const hintWords = bilingual(
  {
    itemId: '台账中的四位编号，如 0007',
    itemIds: '台账中的四位编号，用逗号分开，如 0007，0012',
    seed: '可填公开的号码，如当期彩票开奖号，凭它可以重做同一次抽样；不填则由账本随机产生',
    size: '超过已销号的问题数时，全部抽取',
    institutions: '填写了制度名称时为 1，可不填',
  },
  {
    itemId: 'Its four digits in the register, such as 0007',
    itemIds: 'Their four digits in the register with commas between them, such as 0007, 0012',
    seed: 'A public number that nobody can choose, such as that of a lottery, with which anybody can draw again; left empty, the ledger makes one',
    size: 'More than there are closed items takes all',
    institutions: 'May be left out where a title is given: then it is 1',
  },
);
