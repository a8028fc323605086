# What C has no plain word for: the upper half of a product of two numbers of 64 bits.

cdef extern from *:
    """
    #ifdef __SIZEOF_INT128__
    static unsigned long long sales_sim_upper_half(unsigned long long a, unsigned long long b) {
        return (unsigned long long)(((unsigned __int128)a * b) >> 64);
    }
    #else
    static unsigned long long sales_sim_upper_half(unsigned long long a, unsigned long long b) {
        unsigned long long low = 0xFFFFFFFFULL;
        unsigned long long a0 = a & low, a1 = a >> 32, b0 = b & low, b1 = b >> 32;
        unsigned long long middle = a1 * b0 + (a0 * b0 >> 32);
        unsigned long long other = a0 * b1 + (middle & low);
        return a1 * b1 + (middle >> 32) + (other >> 32);
    }
    #endif
    """
    unsigned long long upper_half "sales_sim_upper_half"(unsigned long long a, unsigned long long b) noexcept nogil
