print("xiezhi")
