// Lines that belong to the web page or the printed sheet and not to the notice. The text tested is cleaned and folded.

/** No line of page chrome is longer; a paragraph that happens to begin alike is. */
const LONGEST = 120;

const metadata =
  /^(?:[•·*>]\s*)?(?:信息)?(?:索引号|主题分类|主题词|体裁分类|组配分类|发布机构|发文机关|发布单位|公开主体|成文日期|生成日期|发文日期|发布日期|发布时间|更新时间|公开日期|公开方式|公开范围|公开形式|公开时限|公开类别|公开目录|有效性|文件编号|文件名称|信息名称|信息分类|信息来源|内容概述|服务对象|统一编号|浏览次数|浏览量|阅读次数|阅读量|阅读|点击数|点击率|点击量|点击|访问量|访问次数|字体大小|字体|字号|色调调节|责任编辑|编辑|审核|作者|稿源|来源|日期|时间|分享到|分享|朗读|扫一扫|您?(?:当前|现在)(?:的)?(?:所在)?位置)\s*(?:[:【[]|$)/;
const valueless = /[:\]】]\s*$/;
const bracketed = /^[【[(]\s*(?:字体|字号|打印|关闭|大|收藏|纠错)/;
const trail = /^(?:首页|网站首页)\s*(?:$|[-–>›»/|·])|^(?:上|下)一(?:篇|条|页)\s*(?:[:]|$)/;
const actions =
  /^(?:[•·|[\]【】()\s/-]|打印(?:本页|此页|文章|正文)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表|上一页)?|分享(?:到)?|微信|微博|qq空间|朗读|无障碍(?:浏览|阅读)?|关怀版|长者版|繁体(?:字|版)?|简体|网站地图|联系我们|加入收藏|设为首页|字体|字号|大|中|小|纠错|正文|我要纠错)+$/i;
const footer =
  /版权所有|ICP备|icp备|公网安备|网站标识码|技术支持|^主办(?:单位)?:|^承办(?:单位)?:.*(?:网|信息)/;
const pageNumber =
  /^(?:[-–—―·\s]*\d{1,4}[-–—―·\s]*|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|page\s*\d{1,4}(?:\s*of\s*\d{1,4})?|共\s*\d{1,4}\s*页)$/i;
const rule = /^[-–—―_=*~·.…|:\s]{3,}$/;

export type Chrome = 'page-number' | 'metadata' | 'metadata-without-value' | 'page';

/** What a line is when it is none of the notice's own. */
export function pageChrome(folded: string): Chrome | undefined {
  if (folded.length > LONGEST) return undefined;
  if (pageNumber.test(folded)) return 'page-number';
  if (rule.test(folded)) return 'page';
  if (metadata.test(folded))
    return valueless.test(folded) && folded.length <= 12 ? 'metadata-without-value' : 'metadata';
  if (bracketed.test(folded) || trail.test(folded) || actions.test(folded) || footer.test(folded))
    return 'page';
  return undefined;
}

/** A value that a page prints on the line after its label, such as an index number, a date or an office. */
export function looksLikeMetadataValue(folded: string): boolean {
  return folded.length <= 40 && !/[。;!?]|整改|巡察|巡视|审计/.test(folded);
}
