import { bilingual } from './language.ts';

/** What helps to fill in one field that its kind does not explain. */
export const hintWords = bilingual(
  {
    itemId: '台账中的四位编号，如 0007',
    itemIds: '台账中的四位编号，用逗号分开，如 0007，0012',
    seed: '抽样所用的随机种子，凭它可以重做同一次抽样',
    institutions: '填写了制度名称时为 1，可不填',
  },
  {
    itemId: 'Its four digits in the register, such as 0007',
    itemIds: 'Their four digits in the register with commas between them, such as 0007, 0012',
    seed: 'The random seed of the sample, with which anybody can draw it again',
    institutions: 'May be left out where a title is given: then it is 1',
  },
);
