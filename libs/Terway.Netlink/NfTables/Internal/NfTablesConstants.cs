namespace Terway.Netlink;

/// <summary>Messages and attributes of nf_tables: <c>linux/netfilter/nf_tables.h</c>. All numbers in attributes are big-endian.</summary>
internal static class NfTablesConstants
{
    internal const ushort NFT_MSG_NEWTABLE = NetfilterConstants.NFNL_SUBSYS_NFTABLES << 8;
    internal const ushort NFT_MSG_GETTABLE = NFT_MSG_NEWTABLE + 1;
    internal const ushort NFT_MSG_DELTABLE = NFT_MSG_NEWTABLE + 2;
    internal const ushort NFT_MSG_NEWCHAIN = NFT_MSG_NEWTABLE + 3;
    internal const ushort NFT_MSG_GETCHAIN = NFT_MSG_NEWTABLE + 4;
    internal const ushort NFT_MSG_DELCHAIN = NFT_MSG_NEWTABLE + 5;
    internal const ushort NFT_MSG_NEWRULE = NFT_MSG_NEWTABLE + 6;
    internal const ushort NFT_MSG_GETRULE = NFT_MSG_NEWTABLE + 7;
    internal const ushort NFT_MSG_DELRULE = NFT_MSG_NEWTABLE + 8;
    internal const ushort NFT_MSG_NEWSET = NFT_MSG_NEWTABLE + 9;
    internal const ushort NFT_MSG_GETSET = NFT_MSG_NEWTABLE + 10;
    internal const ushort NFT_MSG_DELSET = NFT_MSG_NEWTABLE + 11;
    internal const ushort NFT_MSG_NEWSETELEM = NFT_MSG_NEWTABLE + 12;
    internal const ushort NFT_MSG_GETSETELEM = NFT_MSG_NEWTABLE + 13;
    internal const ushort NFT_MSG_DELSETELEM = NFT_MSG_NEWTABLE + 14;
    internal const ushort NFT_MSG_NEWGEN = NFT_MSG_NEWTABLE + 15;
    internal const ushort NFT_MSG_GETGEN = NFT_MSG_NEWTABLE + 16;

    internal const ushort NFTA_LIST_ELEM = 1;

    internal const ushort NFTA_TABLE_NAME = 1;
    internal const ushort NFTA_TABLE_FLAGS = 2;
    internal const ushort NFTA_TABLE_USE = 3;
    internal const ushort NFTA_TABLE_HANDLE = 4;
    internal const ushort NFTA_TABLE_USERDATA = 6;
    internal const ushort NFTA_TABLE_OWNER = 7;

    internal const ushort NFTA_CHAIN_TABLE = 1;
    internal const ushort NFTA_CHAIN_HANDLE = 2;
    internal const ushort NFTA_CHAIN_NAME = 3;
    internal const ushort NFTA_CHAIN_HOOK = 4;
    internal const ushort NFTA_CHAIN_POLICY = 5;
    internal const ushort NFTA_CHAIN_USE = 6;
    internal const ushort NFTA_CHAIN_TYPE = 7;
    internal const ushort NFTA_CHAIN_FLAGS = 10;
    internal const ushort NFTA_CHAIN_USERDATA = 12;

    internal const ushort NFTA_HOOK_HOOKNUM = 1;
    internal const ushort NFTA_HOOK_PRIORITY = 2;
    internal const ushort NFTA_HOOK_DEV = 3;

    internal const ushort NFTA_RULE_TABLE = 1;
    internal const ushort NFTA_RULE_CHAIN = 2;
    internal const ushort NFTA_RULE_HANDLE = 3;
    internal const ushort NFTA_RULE_EXPRESSIONS = 4;
    internal const ushort NFTA_RULE_POSITION = 6;
    internal const ushort NFTA_RULE_USERDATA = 7;

    internal const ushort NFTA_EXPR_NAME = 1;
    internal const ushort NFTA_EXPR_DATA = 2;

    internal const ushort NFTA_SET_TABLE = 1;
    internal const ushort NFTA_SET_NAME = 2;
    internal const ushort NFTA_SET_FLAGS = 3;
    internal const ushort NFTA_SET_KEY_TYPE = 4;
    internal const ushort NFTA_SET_KEY_LEN = 5;
    internal const ushort NFTA_SET_DATA_TYPE = 6;
    internal const ushort NFTA_SET_DATA_LEN = 7;
    internal const ushort NFTA_SET_POLICY = 8;
    internal const ushort NFTA_SET_DESC = 9;
    internal const ushort NFTA_SET_ID = 10;
    internal const ushort NFTA_SET_TIMEOUT = 11;
    internal const ushort NFTA_SET_GC_INTERVAL = 12;
    internal const ushort NFTA_SET_USERDATA = 13;
    internal const ushort NFTA_SET_HANDLE = 16;

    internal const ushort NFTA_SET_DESC_SIZE = 1;
    internal const ushort NFTA_SET_DESC_CONCAT = 2;
    internal const ushort NFTA_SET_FIELD_LEN = 1;

    internal const ushort NFTA_SET_ELEM_LIST_TABLE = 1;
    internal const ushort NFTA_SET_ELEM_LIST_SET = 2;
    internal const ushort NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    internal const ushort NFTA_SET_ELEM_LIST_SET_ID = 4;

    internal const ushort NFTA_SET_ELEM_KEY = 1;
    internal const ushort NFTA_SET_ELEM_DATA = 2;
    internal const ushort NFTA_SET_ELEM_FLAGS = 3;
    internal const ushort NFTA_SET_ELEM_TIMEOUT = 4;
    internal const ushort NFTA_SET_ELEM_EXPIRATION = 5;
    internal const ushort NFTA_SET_ELEM_USERDATA = 6;
    internal const ushort NFTA_SET_ELEM_KEY_END = 10;

    internal const ushort NFTA_DATA_VALUE = 1;
    internal const ushort NFTA_DATA_VERDICT = 2;
    internal const ushort NFTA_VERDICT_CODE = 1;
    internal const ushort NFTA_VERDICT_CHAIN = 2;

    internal const ushort NFTA_GEN_ID = 1;
    internal const ushort NFTA_GEN_PROC_PID = 2;
    internal const ushort NFTA_GEN_PROC_NAME = 3;

    /// <summary>The type of the data of a verdict map.</summary>
    internal const uint NFT_DATA_VERDICT = 0xFFFFFF00;

    // Kinds of user data, of libnftnl: libnftnl/udata.h.
    internal const byte NFTNL_UDATA_COMMENT = 0;
    internal const byte NFTNL_UDATA_SET_KEYBYTEORDER = 0;
    internal const byte NFTNL_UDATA_SET_COMMENT = 7;

    /// <summary>Of nft: numbers in the host's order.</summary>
    internal const uint BYTEORDER_HOST_ENDIAN = 1;
}
